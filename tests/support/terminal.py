"""terminal.py COLUMNS COMMAND...: runs it in a terminal of so many columns, and prints what its
standard output would show there; errors go where they went."""
import fcntl
import os
import pty
import struct
import sys
import termios

master, slave = pty.openpty()
fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, int(sys.argv[1]), 0, 0))
child = os.fork()
if child == 0:
    os.dup2(slave, 1)
    os.execvp(sys.argv[2], sys.argv[2:])
os.close(slave)
shown = b""
while True:
    try:
        some = os.read(master, 65536)
    except OSError:  # Linux says EIO at the end
        break
    if not some:
        break
    shown += some
sys.stdout.buffer.write(shown.replace(b"\r\n", b"\n"))
sys.stdout.flush()
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
