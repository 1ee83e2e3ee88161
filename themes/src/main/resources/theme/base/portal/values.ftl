<#import "layout.ftl" as l>
<@l.screen heading=msg("values.title", name) wide=true>
<h1>${msg("values.title", name)}</h1>
<p class="lead">${msg("values.text", name)}</p>
<div class="two">
<section class="card" aria-labelledby="how"><h2 id="how">${msg("values.how")}</h2>
<ol class="guide">
<#list sentences as key><li>${msg(key)}</li></#list>
</ol>
<#if metadataHref??>
<details><summary>${msg("values.files")}</summary>
<p><a href="${metadataHref}" download="sp-metadata.xml">${msg("values.download")}</a></p>
<#list all as box><@l.copy id="all" + box?counter label=msg("value." + box.label) value=box.value/></#list>
</details>
</#if>
</section>
<section aria-labelledby="form"><h2 id="form" class="sr">${msg("values.form")}</h2>
<@l.drawing name=name path=path fields=fields prefix="f"/>
<#if attributes?has_content><h2>${msg("values.attributes")}</h2><p>${msg("values.attributestext")}</p>
<@l.drawing name=name path=[] fields=attributes prefix="a"/></#if>
</section>
</div>
<form method="post" action="${action}" class="onward"><@l.csrf/><button class="primary">${msg("values.done")}</button></form>
</@l.screen>
