<#import "layout.ftl" as layout>
<@layout.frame heading=msg("logout.title")>
<h1>${msg("logout.title")}</h1>
<p><#if client??>${msg("logout.text.client", client)}<#else>${msg("logout.text")}</#if></p>
<form method="post" action="${action}">
<input type="hidden" name="step" value="${step}">
<#list fields as name, value>
<input type="hidden" name="${name}" value="${value}">
</#list>
<button name="action" value="logout">${msg("action.logout")}</button>
<button class="quiet" name="action" value="cancel">${msg("action.stay")}</button>
</form>
</@layout.frame>
