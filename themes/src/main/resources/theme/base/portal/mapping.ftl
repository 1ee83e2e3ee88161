<#import "layout.ftl" as l>
<@l.screen heading=msg("mapping.title") wide=true failed=warning??>
<h1>${msg("mapping.title")}</h1>
<p class="lead">${msg("mapping.text")}</p>
<#if warning??><p class="note bad" role="alert">${warning}</p></#if>
<#if !tested><p class="note info">${msg("mapping.untested")} <a href="${frame.base}/connections/${frame.connection}/test">${msg("step.test")}</a></p></#if>
<form method="post" action="${action}" data-mapping><@l.csrf/>
<div class="two mapping">
<section class="card" aria-labelledby="fields"><h2 id="fields">${msg("mapping.fields")}</h2>
<#list lines as line>
<div class="mapline"><label for="m-${line.field}">${msg("person." + line.field)}<#if line.required> <span class="req">${msg("mapping.required")}</span></#if></label>
<select id="m-${line.field}" name="${line.field}" data-target="r-${line.field}"><option value="" data-value="<#if line.chosen == "">${line.result!""}</#if>"<#if line.chosen == ""> selected</#if>>${msg("mapping.automatic")}</option>
<#list line.options as option><option value="${option.name}" data-value="${option.value}"<#if option.name == line.chosen> selected</#if>>${option.name}<#if option.value?has_content> — ${option.value}</#if></option></#list></select></div>
</#list>
<button class="primary">${msg("mapping.save")}</button>
</section>
<section class="card preview" aria-labelledby="preview" aria-live="polite"><h2 id="preview">${msg("mapping.preview")}</h2>
<div class="avatar" aria-hidden="true"></div>
<dl class="facts"><#list lines as line><div><dt>${msg("person." + line.field)}</dt><dd id="r-${line.field}" class="mono"><#if line.result??>${line.result}<#else>${msg("mapping.nothing")}</#if></dd></div></#list></dl>
<p class="meta">${msg("mapping.previewtext")}</p>
</section>
</div>
</form>
<#if seen?has_content><details class="card"><summary>${msg("verdict.attributes", seen?size)}</summary><dl class="facts"><#list seen as fact><div><dt class="mono">${fact.label}</dt><dd class="mono">${fact.value}</dd></div></#list></dl></details></#if>
<#if tested><p><a class="button second" href="${frame.base}/connections/${frame.connection}/activate">${msg("mapping.next")}</a></p></#if>
</@l.screen>
