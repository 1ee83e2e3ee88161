<#import "layout.ftl" as layout>
<@layout.frame heading=msg("landing.title")>
<h1>${msg("landing.title")}</h1>
<p class="who"><bdi>${account}</bdi></p>
<p>${msg("landing.text", provider, client)}</p>
<#if present??><p>${msg("landing.present", present)}</p></#if>
<form method="post" action="${action}">
<input type="hidden" name="step" value="${step}">
<button name="action" value="continue">${msg("landing.continue")}</button>
<@layout.cancel/>
</form>
</@layout.frame>
