<#import "layout.ftl" as l>
<@l.screen heading=msg("left.title")>
<div class="card narrow"><h1>${msg("left.title")}</h1><p class="lead">${msg("left.text")}</p></div>
</@l.screen>
