"""Ways to hide a field that we thought of ourselves: a page's body (and style) with fields #t that nobody can see, and
honest ones. The obstacle is what the extension must say of #t."""

from __future__ import annotations

FIELD = '<label>Town <input id="t" name="town"></label>'
LONG = "<p>text</p>" * 60

TRICKS: dict[str, tuple[str, str]] = {
    "display none above": (f'<div style="display:none">{FIELD}</div>', "hidden"),
    "hidden attribute": (f"<div hidden>{FIELD}</div>", "hidden"),
    "visibility": (f'<div style="visibility:hidden">{FIELD}</div>', "hidden"),
    "visibility collapse": ('<input id="t" style="visibility:collapse">', "hidden"),
    "closed details": (f"<details><summary>More</summary>{FIELD}</details>", "hidden"),
    "content-visibility": (f'<div style="content-visibility:hidden">{FIELD}</div>', "hidden"),
    "until found": (f'<div hidden="until-found">{FIELD}</div>', "hidden"),
    "closed dialog": (f"<dialog>{FIELD}</dialog>", "hidden"),
    "closed popover": (f"<div popover>{FIELD}</div>", "hidden"),
    "aria-hidden honeypot": ('<div aria-hidden="true"><input id="t" tabindex="-1"></div>', "hidden"),
    "opacity": ('<input id="t" style="opacity:0">', "transparent"),
    "opacity product": (
        f'<div style="opacity:.4"><div style="opacity:.5"><div style="opacity:.5">{FIELD}</div></div></div>',
        "transparent",
    ),
    "filter opacity": (f'<div style="filter:opacity(0%)">{FIELD}</div>', "transparent"),
    "filter blur": (f'<div style="filter:blur(30px)">{FIELD}</div>', "transparent"),
    "filter of svg": (
        '<svg width="0" height="0"><filter id="f"><feFlood flood-opacity="0"/></filter></svg>'
        f'<div style="filter:url(#f)">{FIELD}</div>',
        "transparent",
    ),
    "mask": (
        f'<div style="mask-image:linear-gradient(transparent,transparent)">{FIELD}</div>',
        "transparent",
    ),
    "blend": (
        '<div style="mix-blend-mode:lighten"><input id="t"></div>',
        "transparent",
    ),
    "clip": ('<input id="t" style="position:absolute;clip:rect(0,0,0,0)">', "off_screen"),
    "clip above": (f'<div style="position:absolute;clip:rect(1px,1px,1px,1px)">{FIELD}</div>', "off_screen"),
    "clip-path inset": (f'<div style="clip-path:inset(50%)">{FIELD}</div>', "off_screen"),
    "clip-path circle": ('<input id="t" style="clip-path:circle(2px at 0 0)">', "off_screen"),
    "clip-path polygon": ('<input id="t" style="clip-path:polygon(0 0,0 0,0 0)">', "off_screen"),
    "left": (f'<div style="position:absolute;left:-5000px">{FIELD}</div>', "off_screen"),
    "top": (f'<div style="position:absolute;top:-500px">{FIELD}</div>', "off_screen"),
    "far right": (f'<div style="position:absolute;left:6000px">{FIELD}</div>', "off_screen"),
    "far below": (f'<div style="position:absolute;top:90000px">{FIELD}</div>', "off_screen"),
    "moved by transform": (f'<div style="transform:translateX(-200vw)">{FIELD}</div>', "off_screen"),
    "moved by translate": (f'<div style="translate:0 -3000px">{FIELD}</div>', "off_screen"),
    "margin": (f'<div style="margin-left:-4000px">{FIELD}</div>', "off_screen"),
    "fixed below": (f'<div style="position:fixed;top:120vh">{FIELD}</div>', "off_screen"),
    "page that does not scroll": (
        f'<style>body{{overflow:hidden;height:100vh}}</style><div style="height:3000px"></div>{FIELD}',
        "off_screen",
    ),
    "overflow of nothing": (f'<div style="height:0;overflow:hidden">{FIELD}</div>', "off_screen"),
    "max-height": (f'<div style="max-height:0;overflow:clip">{FIELD}</div>', "off_screen"),
    "cut off at the side": (
        '<div style="width:200px;overflow:hidden;white-space:nowrap"><div style="display:inline-block;width:300px">'
        f"</div>{FIELD}</div>",
        "off_screen",
    ),
    "peephole": (f'<div style="height:3px;width:200px;overflow:auto"><br><br>{FIELD}</div>', "too_small"),
    "scale": (f'<div style="transform:scale(.01)">{FIELD}</div>', "too_small"),
    "zoom": (f'<div style="zoom:.02">{FIELD}</div>', "too_small"),
    "one pixel": ('<input id="t" style="width:1px;height:1px;padding:0;border:0">', "too_small"),
    "turned to the edge": (f'<div style="transform:rotateX(90deg)">{FIELD}</div>', "too_small"),
    "no font": ('<input id="t" style="font-size:0;width:200px;height:20px">', "too_small"),
    "no room for letters": (
        '<input id="t" style="padding-left:300px;width:300px;box-sizing:border-box">',
        "too_small",
    ),
    "turned away": (
        f'<div style="transform:rotateY(180deg);backface-visibility:hidden">{FIELD}</div>',
        "hidden",
    ),
    "indent": ('<input id="t" style="text-indent:-999px">', "transparent"),
    "clear ink": ('<label>Town <input id="t" style="color:transparent"></label>', "transparent"),
    "fill colour": (
        '<label>Town <input id="t" style="-webkit-text-fill-color:rgba(0,0,0,.05)"></label>',
        "transparent",
    ),
    "white on white": (
        '<label>Town <input id="t" style="color:#fff;background:#fff;border-color:#fff"></label>',
        "transparent",
    ),
    "white on a white gradient": (
        '<label>Town <input id="t" style="color:#fff;background:linear-gradient(#fff,#fefefe)"></label>',
        "transparent",
    ),
    "white in another notation": (
        '<label>Town <input id="t" style="color:oklch(1 0 0)"></label>',
        "transparent",
    ),
    "letters on top of each other": (
        '<label>Town <input id="t" style="letter-spacing:-1em"></label>',
        "transparent",
    ),
    "marquee": (f'<marquee scrollamount="60" width="900">{FIELD}</marquee>', "off_screen or changed"),
    "mask of a border": (
        '<div style="-webkit-mask-box-image:linear-gradient(transparent,transparent)"><label>Town <input id="t">'
        "</label></div>",
        "transparent",
    ),
    "no edge, no name": ('<input id="t" style="border:0;background:none;outline:0">', "transparent"),
    "dots for letters": (
        '<label>Town <input id="t" style="-webkit-text-security:disc"></label>',
        "transparent",
    ),
    "covered by a box": (
        f'<div style="position:relative">{FIELD}<div style="position:absolute;inset:0;background:#fff"></div></div>',
        "covered",
    ),
    "covered without clicks": (
        f'<div style="position:relative">{FIELD}<div style="position:absolute;inset:0;background:#fff;'
        'pointer-events:none"></div></div>',
        "covered",
    ),
    "covered by a picture": (
        f'<div>{FIELD}</div><canvas width="600" height="40" style="margin-top:-30px;display:block;position:relative">'
        "</canvas>",
        "covered",
    ),
    "covered by ::after": (
        '<style>.w{position:relative}.w::after{content:"";position:absolute;inset:0;background:#fff}</style>'
        f'<div class="w">{FIELD}</div>',
        "covered",
    ),
    "covered by ::after without clicks": (
        '<style>.w{position:relative}.w::after{content:"";position:absolute;inset:0;background:#fff;'
        f'pointer-events:none}}</style><div class="w">{FIELD}</div>',
        "covered",
    ),
    "behind its box": (
        '<div style="background:#fff;position:relative;z-index:0"><div style="background:#fff">'
        '<input id="t" style="position:relative;z-index:-1"></div></div>',
        "covered",
    ),
    "shadow of a neighbour": (
        '<input id="t"><div style="position:relative;width:10px;height:10px;box-shadow:0 0 0 400px #fff"></div>',
        "covered",
    ),
    "outline of a neighbour": (
        '<input id="t"><div style="position:relative;width:10px;height:10px;outline:500px solid #fff"></div>',
        "covered",
    ),
    "under another field": (
        '<div style="position:relative"><input id="t" style="position:absolute;left:0;top:0">'
        '<input id="o" style="position:absolute;left:0;top:0"></div>',
        "covered",
    ),
    "covered below the fold": (
        f'{LONG}<div style="position:relative">{FIELD}<div style="position:absolute;inset:0;background:#fff">'
        "</div></div>",
        "covered",
    ),
    "behind a modal dialog": (
        f'{FIELD}<dialog id="d"><p>Cookies</p></dialog><script>d.showModal()</script>',
        "covered",
    ),
    "behind a banner": (
        f'{LONG}{FIELD}<div style="position:fixed;inset:0;background:#eee">Cookies</div>',
        "covered",
    ),
    "inert": (f"<div inert>{FIELD}</div>", "disabled"),
    "fieldset": (f"<fieldset disabled>{FIELD}</fieldset>", "disabled"),
    "read only": ('<label>Town <input id="t" readonly></label>', "read_only"),
    "aria-readonly": ('<label>Town <input id="t" aria-readonly="true"></label>', "read_only"),
    "animation": (
        f"<style>@keyframes k{{to{{opacity:0}}}}.k{{animation:k 60s infinite}}</style><div class=k>{FIELD}</div>",
        "changed",
    ),
    "slow transition": (
        f"<style>.k{{transition:transform 90s}}</style><div class=k id=k>{FIELD}</div>"
        "<script>k.offsetTop;k.style.transform='translateX(-400px)'</script>",
        "changed",
    ),
    "frame of nothing": (
        "<iframe width=0 height=0 frameborder=0 srcdoc='<input id=t>'></iframe>",
        "too_small",
    ),
    "clear frame": (
        "<iframe style='opacity:0' srcdoc='<label>Town <input id=t></label>'></iframe>",
        "transparent",
    ),
    "covered frame": (
        "<div style='position:relative'><iframe srcdoc='<label>Town <input id=t></label>'></iframe>"
        "<div style='position:absolute;inset:0;background:#fff'></div></div>",
        "covered",
    ),
    "choice without a word": ('<input type="checkbox" id="t" value="Bern" style="opacity:0">', "transparent"),
    "choice with a clear label": (
        '<label style="opacity:0"><input type="checkbox" id="t" value="Bern"> Yes</label>',
        "transparent",
    ),
    "choice with a covered label": (
        '<div style="position:relative"><input type="checkbox" id="t" value="Bern" style="opacity:0"><label for="t">Yes'
        '</label><div style="position:absolute;inset:0;background:#fff"></div></div>',
        "transparent",
    ),
    "choice that is not drawn": (
        '<label><input type="checkbox" id="t" value="Bern" style="display:none"> Yes</label>',
        "hidden",
    ),
    "choice with a label in a tiny font": (
        '<input type="checkbox" id="t" value="Bern" style="opacity:0"><label for="t" style="font-size:1px">Yes</label>',
        "transparent",
    ),
    "choice with a label moved away": (
        '<input type="checkbox" id="t" value="Bern" style="opacity:0"><label for="t" style="position:absolute;'
        'left:-999px">Yes, all of it</label>',
        "transparent",
    ),
    "closed shadow root": (
        '<div id="h" style="opacity:0"></div><script>h.attachShadow({mode:"closed"}).innerHTML='
        "'<label>Town <input id=t></label>'</script>",
        "transparent",
    ),
    "given to a clear slot": (
        '<div id="h"><input id="t"></div><script>h.attachShadow({mode:"closed"}).innerHTML='
        "'<div style=\"opacity:0\"><slot></slot></div>'</script>",
        "transparent",
    ),
    "given to no slot": (
        '<div id="h"><input id="t"></div><script>h.attachShadow({mode:"open"}).innerHTML="<p>x</p>"</script>',
        "hidden",
    ),
    "covered in a shadow root": (
        '<div id="h"></div><script>h.attachShadow({mode:"closed"}).innerHTML=`<div style="position:relative">'
        '<input id=t><div style="position:absolute;inset:0;background:#fff"></div></div>`</script>',
        "covered",
    ),
    "slot with a cover": (
        '<div id="h"><input id="t"></div><script>h.attachShadow({mode:"open"}).innerHTML=`<div style='
        '"position:relative"><slot></slot><div style="position:absolute;inset:0;background:#fff"></div></div>`'
        "</script>",
        "covered",
    ),
}

HONEST: dict[str, str] = {
    "plain": FIELD,
    "below the fold": LONG + FIELD,
    "in a box that scrolls": f'<div style="height:120px;overflow:auto">{LONG}{FIELD}</div>',
    "right to left": f'<div dir="rtl">{FIELD}</div>',
    "right to left page": f'<script>document.documentElement.dir="rtl"</script>{LONG}{FIELD}',
    "in a dialog": f'<dialog id="d">{FIELD}</dialog><script>d.showModal()</script>',
    "in a layer of its own": (
        '<div style="position:fixed;inset:0;background:rgba(0,0,0,.5)"></div><div style="position:fixed;left:200px;'
        f'top:100px;background:#fff;padding:20px">{FIELD}</div>'
    ),
    "floating label": (
        '<style>.w{position:relative}.w label{position:absolute;left:4px;top:2px;pointer-events:none;background:'
        '#fff;font-size:11px}.w input{padding:12px;width:300px}</style><div class="w"><input id="t">'
        '<label for="t">Town</label></div>'
    ),
    "icon inside": (
        '<div style="position:relative;width:300px"><input id="t" style="width:300px"><svg width="16" height="16" '
        'style="position:absolute;right:4px;top:4px"><rect width="16" height="16"/></svg></div>'
    ),
    "edge around it": (
        '<div style="border:1px solid #888;padding:4px;width:300px"><input id="t" style="border:0;outline:0;'
        'background:none;width:100%"></div>'
    ),
    "only a line": '<input id="t" style="border:0;border-bottom:1px solid #ccc;background:none">',
    "no doctype": LONG + FIELD,
    "dark page": (
        "<style>body{background:#111;color:#eee}input{background:#222;color:#eee;border:1px solid #333}</style>"
        + FIELD
    ),
    "after an animation": (
        f"<style>@keyframes k{{from{{opacity:0}}}}.k{{animation:k .01s forwards}}</style><div class=k>{FIELD}</div>"
    ),
    "an animation elsewhere": (
        f"<style>@keyframes k{{to{{opacity:0}}}}.k{{animation:k 9s infinite}}</style>{FIELD}<p class=k>wait</p>"
    ),
    "decoration behind": (
        '<style>.w{position:relative}.w::before{content:"";position:absolute;inset:0;background:#eee;z-index:-1}'
        f'</style><div class="w">{FIELD}</div>'
    ),
    "raised above decoration": (
        '<style>.w{position:relative}.w::after{content:"";position:absolute;inset:0;background:#eee}input{position:'
        f'relative;z-index:1}}</style><div class="w">{FIELD}</div>'
    ),
    "picture behind the page": f'<div style="position:fixed;inset:0;background:#def;z-index:-1"></div>{FIELD}',
    "header that sticks": (
        f'<div style="position:sticky;top:0;height:50px;background:#eee">Shop</div>{FIELD}'
    ),
    "on a dark gradient": (
        '<div style="background:linear-gradient(#222,#333);color:#fff"><label>Town <input id="t" style="'
        'background:none;color:oklch(.95 0 0)"></label></div>'
    ),
    "gradient around": f'<div style="background:linear-gradient(#eee,#fff);padding:20px">{FIELD}</div>',
    "frame": "<iframe width=400 height=200 srcdoc='<label>Town <input id=t></label>'></iframe>",
    "frame that scrolls": f"<iframe width=400 height=100 srcdoc='{LONG}<label>Town <input id=t></label>'></iframe>",
    "shadow roots": (
        '<div id="h"></div><script>h.attachShadow({mode:"closed"}).innerHTML="<div id=i></div>";</script>'
        '<div id="g"><input id="t"></div><script>g.attachShadow({mode:"open"}).innerHTML='
        '"<label>Town <slot></slot></label>"</script>'
    ),
    "wide table": f'<div style="overflow-x:auto;width:600px"><table><tr><td style="min-width:900px">x<td>{FIELD}'
    "</table></div>",
    "multi-column flex": f'<div style="display:flex;flex-direction:row-reverse"><div>a</div><div>{FIELD}</div></div>',
    "drawn radio": (
        '<style>.r{position:relative;padding-left:24px}.r input{position:absolute;opacity:0;left:0}'
        '.r span::before{content:"";position:absolute;left:0;width:16px;height:16px;border:1px solid #888;'
        "background:#fff}</style>"
        '<label class="r"><input type="radio" id="t" value="Bern"><span>Bern</span></label>'
    ),
    "drawn switch": (
        '<style>.s{position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0)}.s+label{background:#eee;'
        'padding:6px}</style><div style="position:relative"><input type="checkbox" class="s" id="t" value="Bern">'
        '<label for="t">News by mail</label></div>'
    ),
    "turned a little": f'<div style="transform:rotate(2deg) translateY(10px)">{FIELD}</div>',
}  # fmt: skip
