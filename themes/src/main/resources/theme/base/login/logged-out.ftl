<#import "layout.ftl" as layout>
<@layout.frame heading=msg("loggedout.title")>
<h1>${msg("loggedout.title")}</h1>
<p>${msg("loggedout.text")}</p>
<#if wayOn??><p><a class="button" href="${wayOn.href}"><@layout.label text=wayOn.label/></a></p></#if>
</@layout.frame>
