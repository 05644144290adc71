"""Chromium without a window, spoken to through two pipes (the DevTools protocol)."""
import base64
import json
import os
import shutil
import subprocess
import tempfile
import time

FLAGS = [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-extensions", "--disable-default-apps", "--hide-scrollbars", "--force-color-profile=srgb",
    "--remote-debugging-pipe", "--disable-dev-shm-usage",
]
SECONDS = 60


class Browser:
    """One tab. What the page says on its console is kept in `messages`."""

    def __init__(self, program):
        self.profile = tempfile.mkdtemp()
        self.messages, self.loaded, self.number, self.rest, self.session = [], False, 0, b"", None
        to_read, self.write = os.pipe()
        self.read, to_write = os.pipe()
        # the protocol is on descriptors 3 and 4
        command = ["/bin/sh", "-c", f'exec "$@" 3<&{to_read} 4>&{to_write}', "sh", program, *FLAGS,
                   f"--user-data-dir={self.profile}", "about:blank"]
        self.process = subprocess.Popen(command, pass_fds=(to_read, to_write),
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(to_write)
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Accessibility"):
            self.call(domain + ".enable")

    def close(self):
        try:
            self.session = None
            self.call("Browser.close")
            self.process.wait(10)
        except (OSError, EOFError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.profile, ignore_errors=True)

    def receive(self):
        while b"\0" not in self.rest:
            more = os.read(self.read, 1 << 20)
            if not more:
                raise EOFError("the browser has ended")
            self.rest += more
        text, self.rest = self.rest.split(b"\0", 1)
        return json.loads(text)

    def hear(self, message):
        method, what = message.get("method"), message.get("params", {})
        if method == "Page.loadEventFired":
            self.loaded = True
        elif method == "Runtime.consoleAPICalled":
            self.messages.append(str(what["args"]))
        elif method == "Runtime.exceptionThrown":
            self.messages.append(str(what["exceptionDetails"]))
        elif method == "Log.entryAdded":
            self.messages.append(what["entry"]["text"])

    def call(self, method, **params):
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self.hear(answer)

    def open(self, path):
        self.loaded = False
        self.call("Page.navigate", url="file://" + path)
        until = time.monotonic() + SECONDS
        while not self.loaded and time.monotonic() < until:
            self.hear(self.receive())

    def look(self, width, height=900, dark=False, media=""):
        """The size and kind of what the page is shown on."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height,
                  deviceScaleFactor=1, mobile=width < 600)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", media=media, features=[scheme])

    def evaluate(self, script):
        result = self.call("Runtime.evaluate", expression=script, returnByValue=True)
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"]["exception"]["description"])
        return result["result"].get("value")

    def accessible(self):
        """What a screen reader goes through: (role, name, level) in its order."""
        nodes = self.call("Accessibility.getFullAXTree")["nodes"]
        by_id = {node["nodeId"]: node for node in nodes}
        order, waiting = [], [nodes[0]["nodeId"]]
        while waiting:
            node = by_id[waiting.pop()]
            if not node.get("ignored"):
                level = [p["value"]["value"] for p in node.get("properties", ()) if p["name"] == "level"]
                order.append((node["role"]["value"], node.get("name", {}).get("value", ""),
                              level[0] if level else None))
            waiting.extend(reversed([i for i in node.get("childIds", ()) if i in by_id]))
        return order

    def screenshot(self, path):
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.call("Page.captureScreenshot",
                                                  captureBeyondViewport=True)["data"]))

    def print_pdf(self, path):
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.call("Page.printToPDF", preferCSSPageSize=True,
                                                  printBackground=False)["data"]))
