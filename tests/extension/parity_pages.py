"""Pages on which a file and a browser must read the same: labels of all kinds, texts around fields, what hides them."""

from __future__ import annotations

PAGES = {
    "labels": """<!doctype html><html lang="fr"><head><title> Livraison   rapide </title></head><body>
<h1>Boutique</h1>
<p>Bienvenue, <b>chère</b> cliente.</p><form id="one"><h2>Adresse <small>de livraison</small></h2>
<label for="p">Prénom</label><input id="p" name="prenom" maxlength="30" required placeholder=" Jeanne ">
<label>Nom <em>complet</em> <input name="nom" title="Nom de famille"> (obligatoire)</label>
<span id="l1">Code</span> <span id="l2">postal</span>
<input aria-labelledby="l2 l1" aria-describedby="h1" inputmode="numeric">
<small id="h1">Cinq chiffres</small> <div title="Deux lettres"><span><input aria-label="Pays" pattern="[A-Z]{2}">
</span></div>
<select name="civ"><option value="">Choisir</option><option>Madame</option>
<option value="m" selected>Monsieur</option></select>
<fieldset><legend>Paiement</legend><input type="radio" name="r" value="cb" id="cb"><label for="cb">Carte</label>
<label><input type="radio" name="r"> Virement</label></fieldset><textarea name="t"></textarea>
<input type="submit" value="Envoyer"> <button>Annuler</button></form><input name="out" form="one"><p>Merci</p></body>
</html>""",
    "table": """<!doctype html><html><body><table><tr><td>Vorname<td><input name=v><td>Nachname<td><input name=n>
<tr><td colspan=4><hr>Bitte <i>nur</i> Ziffern<tr><td>Telefon<td>
<input type=tel name=t1 size=4> / <input type=TEL name=t2>
<tr><th>Foto<td><input type=file><input type=hidden name=h value=x><input type=image alt=x></table></body></html>""",
    "hidden": """<!doctype html><html lang=en><style>.away{position:absolute;left:-5000px}.no{display:none}</style>
<body>
<h1>Join</h1><div class=no><h2>Step two</h2>Street <input name=s></div><p style="visibility:hidden">secret text</p>
<div class=away>Leave empty <input name=url></div>Name <input name=n> <div hidden>more <input name=m></div>
<span style="opacity:0">ghost</span> E-mail <input type=email name=e style="opacity:0"> Town <input name=t disabled>
<fieldset disabled><input name=d1 readonly></fieldset> Zip <input name=z readonly value="8000">
<div style="height:0;overflow:hidden">folded <input name=f></div> End</body></html>""",
    "odd": """<!doctype html><html><body>before<script>var x = "not a text"</script><style>p{}</style>
<svg width=10 height=10><text>drawn</text></svg><label for=a>first</label><label for=a>second</label>
<input id=a type=colour>
<label for=gone>nobody's</label><label>wraps two <input name=b1><input name=b2></label><div role=heading>Role</div>
<label>select in label <select name=c><option>one<option value=2>two</select> tail</label>
<input type=checkbox checked>
<textarea name=d>held text</textarea><input name=e value="held"><input type=range value=5><input type=color>
<datalist id=q><option>hint</datalist><input list=q name=f aria-required=true autocomplete=" given-name  ">
<h3></h3><select multiple name=g><option selected>x<option>y</select>&nbsp;after&nbsp;all
<template>never <input name=never></template></body></html>""",
}  # fmt: skip
