<#import "layout.ftl" as l>
<@l.screen heading=msg("provider.title")>
<h1>${msg("provider.title")}</h1>
<p class="lead">${msg("provider.text")}</p>
<form method="post" action="${action}">
<@l.csrf/>
<fieldset class="tiles"><legend class="sr">${msg("provider.title")}</legend>
<#list choices as choice>
<div class="tile">
<div class="tilehead"><span class="badge b-${choice.id}" aria-hidden="true">${choice.name?substring(0,1)}</span><strong id="p-${choice.id}">${choice.name}</strong></div>
<div class="tilebuttons" role="group" aria-labelledby="p-${choice.id}">
<#list choice.ways as way>
<#assign value = choice.id + " " + way>
<button name="provider" value="${value}" class="<#if way?is_first>primary<#else>second</#if> small"<#if chosen?? && chosen == value> aria-current="true"</#if>><span class="sr">${choice.name}: </span>${msg("protocol." + way)}<#if way?is_first && way?has_next> <span class="advised">${msg("provider.advised")}</span></#if></button>
</#list>
</div>
</div>
</#list>
</fieldset>
</form>
<p class="meta">${msg("provider.unsure")}</p>
</@l.screen>
