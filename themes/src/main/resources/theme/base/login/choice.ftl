<#import "layout.ftl" as layout>
<@layout.frame heading=msg("choice.title")>
<h1>${msg("choice.title")}</h1>
<p class="to">${msg("signin.to", client)}</p>
<form method="post" action="${action}">
<input type="hidden" name="step" value="${step}">
<#list options as option>
<button class="option" name="choice" value="${option.value}"><span>${option.label}<#if option.detail??> <small>${option.detail}</small></#if></span></button>
</#list>
<#if back??><p class="other"><a href="${back}">${msg("choice.other")}</a></p></#if>
<@layout.cancel/>
</form>
</@layout.frame>
