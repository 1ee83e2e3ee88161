<#import "layout.ftl" as layout>
<@layout.frame heading=msg("consent.title", client)>
<h1>${msg("consent.title", client)}</h1>
<p class="who"><bdi>${account}</bdi></p>
<p>${msg("consent.text", client)}</p>
<ul class="scopes">
<#list scopeTexts as scope>
<li>${scope}</li>
</#list>
</ul>
<#if clientUri??><p class="to"><a href="${clientUri}" rel="noopener noreferrer">${msg("consent.about", client)}</a></p></#if>
<form method="post" action="${action}">
<input type="hidden" name="step" value="${step}">
<button name="action" value="allow">${msg("action.allow")}</button>
<@layout.cancel/>
</form>
</@layout.frame>
