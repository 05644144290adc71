// What tests/support/page.py asks of a page. Every function gives a list of complaints.

const visible = (element) => element.getClientRects().length > 0;
const words = (element) => element.textContent.trim().replace(/\s+/g, ' ').slice(0, 60);
const named = (element) =>
    element.hasAttribute('aria-label') ||
    (element.getAttribute('aria-labelledby') || '').split(' ').every(
        (id) => document.getElementById(id)?.textContent.trim());

// Nothing beside the screen but in a place of its own that keys reach.
function layout() {
    const complaints = [], width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > width) {
        complaints.push(`the page is ${document.documentElement.scrollWidth} wide`);
    }
    for (const element of document.body.querySelectorAll('*:not(.skip)')) {
        if (!visible(element) || element.closest('svg svg *, defs')) continue;
        const scroller = element.closest('.scroll'), box = element.getBoundingClientRect();
        if ((!scroller || scroller === element) && (box.right > width + 1 || box.left < -1)) {
            complaints.push(`<${element.tagName}> from ${box.left} to ${box.right}: ${words(element)}`);
        }
        const style = getComputedStyle(element), clips = style.overflowX !== 'visible';
        if (clips && element.scrollWidth > element.clientWidth + 1 && !(element instanceof SVGElement) &&
            element.tabIndex !== 0) {
            complaints.push(`<${element.tagName}> is clipped: ${words(element)}`);
        }
        if (element.tagName === 'A' && box.height < 20) {
            complaints.push(`a link ${box.height} high: ${words(element)}`);
        }
    }
    return complaints;
}

// Letters that nobody can read, also in the pictures as they are shown.
function small(least) {
    const complaints = [];
    for (const svg of document.querySelectorAll('figure svg')) {
        const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
        let smallest = Infinity;
        for (const text of svg.querySelectorAll('text')) {
            smallest = Math.min(smallest, scale * parseFloat(getComputedStyle(text).fontSize));
        }
        if (smallest < least) complaints.push(`letters of ${smallest.toFixed(1)} px in ${words(svg)}`);
    }
    return complaints;
}

function channels(color) {
    const parts = color.match(/[\d.]+/g).map(Number);
    return { rgb: parts.slice(0, 3), alpha: parts.length > 3 ? parts[3] : 1 };
}
function luminance(rgb) {
    const [r, g, b] = rgb.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function ratio(a, b) {
    const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p);
    return (x + 0.05) / (y + 0.05);
}
function ground(element) {
    for (let at = element; at; at = at.parentElement) {
        const { rgb, alpha } = channels(getComputedStyle(at).backgroundColor);
        if (alpha === 1) return rgb;
    }
    return [255, 255, 255];
}
// What is painted last below the middle of a text of a picture.
function under(text, svg) {
    const box = text.getBoundingClientRect();
    const middle = new DOMPoint(box.left + box.width / 2, box.top + box.height / 2);
    let found = ground(svg);
    for (const shape of svg.querySelectorAll('rect, polygon, path')) {
        if (shape.closest('defs') || !(shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING)) {
            continue;
        }
        const style = getComputedStyle(shape);
        if (style.fill === 'none' || !style.fill.startsWith('rgb')) continue;
        if (shape.isPointInFill(middle.matrixTransform(shape.getScreenCTM().inverse()))) {
            const alpha = parseFloat(style.fillOpacity) * channels(style.fill).alpha;
            found = channels(style.fill).rgb.map((c, i) => alpha * c + (1 - alpha) * found[i]);
        }
    }
    return found;
}

// Text against its ground: WCAG 2.1, 1.4.3.
function contrast() {
    const complaints = new Set(), walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const element = node.parentElement;
        if (!node.data.trim() || !visible(element) || element.closest('title, desc, .skip')) continue;
        const svg = element.closest('svg'), style = getComputedStyle(element);
        const text = svg ? element.closest('text') : null;
        if (svg && !text) continue;
        const size = parseFloat(style.fontSize), bold = parseInt(style.fontWeight) >= 700;
        const least = size >= 24 || (bold && size >= 18.66) ? 3 : 4.5;
        const ink = channels(svg ? style.fill : style.color).rgb;
        const got = ratio(ink, svg ? under(text, svg) : ground(element));
        if (got < least) {
            complaints.add(`${got.toFixed(2)} of ${least} for '${words(node)}' (${ink} on ` +
                           `${svg ? under(text, svg) : ground(element)})`);
        }
    }
    return [...complaints];
}

// Every figure: a picture with a name, a caption, and a table behind it.
function figures() {
    const complaints = [];
    for (const figure of document.querySelectorAll('figure')) {
        const svg = figure.querySelector('svg'), name = words(figure.querySelector('figcaption') ?? figure);
        if (!svg || svg.getAttribute('role') !== 'img' || !named(svg)) complaints.push(`no named picture: ${name}`);
        if (!figure.querySelector('figcaption')) complaints.push(`no caption: ${name}`);
        if (!figure.querySelector('details table tbody tr')) complaints.push(`no table behind: ${name}`);
    }
    return complaints;
}

// Ids that are there twice, and what points to none.
function ids() {
    const complaints = [], seen = new Set();
    for (const { id } of document.querySelectorAll('[id]')) {
        if (seen.has(id)) complaints.push(`id '${id}' twice`);
        seen.add(id);
    }
    const point = (to, by) => to && !seen.has(to) && complaints.push(`${by} points to '${to}'`);
    for (const element of document.querySelectorAll('*')) {
        for (const { name, value } of element.attributes) {
            if (name === 'href' && value.startsWith('#')) point(value.slice(1), words(element));
            else if (name.startsWith('aria-labelledby')) value.split(' ').forEach((id) => point(id, name));
            else for (const url of value.matchAll(/url\(#([^)]*)\)/g)) point(url[1], name);
        }
    }
    return complaints;
}

// Rows of one length, headings for all, numbers to the right with figures of one width.
function tables() {
    const complaints = [];
    for (const table of document.querySelectorAll('table')) {
        const columns = table.tHead.rows[0].cells.length;
        if (!table.caption?.textContent.trim()) complaints.push('a table without a caption');
        for (const row of table.rows) {
            if (row.cells.length !== columns) complaints.push(`a row of ${row.cells.length}: ${words(row)}`);
        }
        for (const cell of table.querySelectorAll('.n')) {
            const style = getComputedStyle(cell);
            if (style.textAlign !== 'right' || style.fontVariantNumeric !== 'tabular-nums') {
                complaints.push(`not set as a number: ${words(cell)}`);
            }
        }
    }
    return complaints;
}

// What a screen reader should meet, in the order of the page.
function outline() {
    return [...document.querySelectorAll('h1, h2, h3, h4, h5, h6, table, svg[role=img]')]
        .filter(visible)
        .map((e) => e.matches('table') ? ['table', e.caption.textContent]
                  : e.matches('svg') ? ['img', [...e.querySelectorAll('title, desc')].map((t) => t.textContent).join(' ')]
                  : ['heading' + e.tagName[1], e.textContent])
        .map(([role, name]) => [role, name.trim().replace(/\s+/g, ' ')]);
}

function pictures() {
    return [...document.querySelectorAll('figure')].map((figure) => ({
        caption: figure.querySelector('figcaption').textContent,
        texts: [...figure.querySelectorAll('svg text')].map((text) => text.textContent),
    }));
}
