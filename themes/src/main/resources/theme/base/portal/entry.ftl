<#import "layout.ftl" as l>
<@l.screen heading=msg("entry.title")>
<div class="card narrow">
<p class="eyebrow">${msg("entry.for", who)}</p>
<h1>${msg("entry.title")}</h1>
<p class="lead">${msg("entry.invited", inviter)}</p>
<h2>${msg("entry.what")}</h2>
<ul class="ticks">
<#list 1..3 as n><li>${msg("entry." + intent + "." + n)}</li></#list>
</ul>
<p class="note info">${msg("entry.promise")}</p>
<form method="post" action="${action}"><button class="primary big">${msg("entry.go")}</button></form>
<p class="meta">${msg("entry.once")} <@l.time when=until/></p>
</div>
</@l.screen>
