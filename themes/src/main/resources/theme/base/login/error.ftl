<#import "layout.ftl" as layout>
<@layout.frame heading=title failed=true>
<div role="alert" tabindex="-1" autofocus>
<h1>${title}</h1>
<p>${text}</p>
<#if detail??><p class="detail">${detail}</p></#if>
</div>
<h2>${msg("error.fixer." + fixer)}</h2>
<p>${fix}</p>
<#if wayOn??><p><a class="button" href="${wayOn.href}"><@layout.label text=wayOn.label/></a></p></#if>
<dl class="facts">
<div><dt>${msg("error.code")}</dt><dd><code>${code}</code></dd></div>
<div><dt>${msg("error.trace")}</dt><dd><code>${traceId}</code></dd></div>
</dl>
</@layout.frame>
