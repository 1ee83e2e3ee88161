<#import "layout.ftl" as l>
<@l.screen heading=msg("glasscode.title")>
<h1>${msg("glasscode.title")}</h1>
<div class="card">
<p>${msg("glasscode.text", who)}</p>
<@l.copy id="code" label=msg("glasscode.label") value=code/>
<p class="note warn">${msg("glasscode.once")}</p>
<p>${msg("glasscode.keep")}</p>
<p><a class="button primary" href="${next}">${msg("glasscode.next")}</a></p>
</div>
</@l.screen>
