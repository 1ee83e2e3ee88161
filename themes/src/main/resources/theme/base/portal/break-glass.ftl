<#import "layout.ftl" as l>
<@l.screen heading=msg("glass.title") failed=trouble??>
<p class="meta"><a href="${back}">${msg("glass.back")}</a></p>
<h1>${msg("glass.title")}</h1>
<p class="lead">${msg("glass.text")}</p>
<#if trouble??><@l.trouble about=trouble/></#if>
<#list people as person>
<section class="card" aria-labelledby="p${person?counter}">
<div class="connhead"><h2 id="p${person?counter}">${person.email}</h2><#if person.tried><span class="pill active">${msg("glass.tried")}</span><#else><span class="pill warn">${msg("glass.untried")}</span></#if></div>
<#if person.openUntil??><p class="note warn">${msg("glass.open")} <@l.time when=person.openUntil/></p></#if>
<#if !person.tried>
<form method="post" action="${action}"><@l.csrf/><input type="hidden" name="user" value="${person.user}">
<label for="code${person?counter}">${msg("glass.typeback")}<span class="sr"> ${person.email}</span></label>
<div class="row"><div class="grow"><input id="code${person?counter}" name="code" class="mono" maxlength="256" required autocomplete="off" autocapitalize="none" spellcheck="false"></div><button class="primary" name="action" value="confirm">${msg("glass.confirm")}</button></div>
</form>
</#if>
<details><summary>${msg("glass.lost")}</summary>
<form method="post" action="${action}"><@l.csrf/><input type="hidden" name="email" value="${person.email}">
<label class="tick"><input type="checkbox" name="replace" value="yes" required> ${msg("glass.renewsure")}</label>
<button class="second" name="action" value="name">${msg("glass.renew")}<span class="sr"> ${person.email}</span></button></form>
</details>
</section>
</#list>
<#if mayAdd>
<form method="post" action="${action}" class="card"><@l.csrf/>
<h2>${msg(people?has_content?then("glass.second", "glass.first"))}</h2>
<p>${msg("glass.addtext")}</p>
<label for="email">${msg("glass.email")}</label>
<input id="email" name="email" value="${typed}" type="email" maxlength="254" required autocomplete="off" autocapitalize="none" spellcheck="false"<#if typed?has_content && trouble??> aria-invalid="true" aria-describedby="trouble"</#if>>
<#if replace><label class="tick"><input type="checkbox" name="replace" value="yes" required> ${msg("glass.replacesure")}</label></#if>
<button class="<#if people?has_content && !replace>second<#else>primary</#if>" name="action" value="name">${msg("glass.make")}</button>
</form>
</#if>
<#if ready><p><a class="button primary" href="${back}">${msg("glass.goon")}</a></p></#if>
<section class="card" aria-labelledby="how"><h2 id="how">${msg("glass.how")}</h2>
<ol><li>${msg("glass.how1")}</li><li>${msg("glass.how2")}</li><li>${msg("glass.how3")}</li></ol></section>
</@l.screen>
