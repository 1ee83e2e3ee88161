<#import "layout.ftl" as layout>
<@layout.frame heading=msg("autopost.title")>
<h1>${msg("autopost.title")}</h1>
<p>${msg("autopost.text")}</p>
<form method="post" action="${action}">
<#list fields as name, value>
<input type="hidden" name="${name}" value="${value}">
</#list>
<button>${msg("action.continue")}</button>
</form>
<script nonce="${nonce}">HTMLFormElement.prototype.submit.call(document.forms[0])</script>
</@layout.frame>
