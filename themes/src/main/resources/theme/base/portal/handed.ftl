<#import "layout.ftl" as l>
<@l.screen heading=msg("handed.title")>
<h1>${msg("handed.title")}</h1>
<div class="card">
<p>${msg("handed.text", who)}</p>
<@l.copy id="link" label=msg("handed.link") value=url/>
<p class="meta">${msg("handed.until")} <@l.time when=until/></p>
<p><a class="button second" href="${back}">${msg("handed.back")}</a></p>
</div>
</@l.screen>
