<#import "layout.ftl" as layout>
<@layout.frame heading=msg("loggedout.title")>
<h1>${msg("loggedout.title")}</h1>
<#if signedIn?has_content>
<p>${msg("loggedout.partly")}</p>
<ul class="parties">
<#list signedIn as name>
<li class="failed"><bdi>${name}</bdi></li>
</#list>
</ul>
<p>${msg("loggedout.partly.fix")}</p>
<#else>
<p>${msg("loggedout.text")}</p>
</#if>
<#if wayOn??><p><a class="button" href="${wayOn.href}"><@layout.label text=wayOn.label/></a></p></#if>
</@layout.frame>
