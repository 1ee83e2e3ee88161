<#import "layout.ftl" as l>
<#import "conditions.ftl" as c>
<@l.screen heading=msg("enforce.title")>
<h1>${msg("enforce.title")}</h1>
<p class="lead">${msg("enforce.text")} <@l.pill state=state/></p>
<section class="card" aria-labelledby="rehearsal"><h2 id="rehearsal">${msg("enforce.rehearsal")}</h2>
<#if blockedInAll == 0><p>${msg("enforce.nobody", people)}</p><#else><p>${msg("enforce.blocked", blockedInAll, people)}</p>
<ul class="rows"><#list blocked as person><li><span>${person.who}</span><span class="meta">${msg("blocked." + person.why)}</span></li></#list></ul></#if>
</section>
<#if state == "enforced">
<form method="post" action="${action}" class="card"><@l.csrf/><h2>${msg("enforce.on", share)}</h2><p>${msg("enforce.ontext")} <a href="${glass}">${msg("glass.see")}</a></p><button class="second danger" name="action" value="relax">${msg("enforce.relax")}</button></form>
<#else>
<form method="post" action="${action}" class="card"><@l.csrf/>
<h2>${msg("enforce.conditions")}</h2>
<@c.shown list=conditions/>
<p class="meta">${msg("enforce.breakglass")} <a href="${glass}">${msg("glass.see")}</a></p>
<label for="share">${msg("enforce.share")}</label>
<select id="share" name="share"><#list [10, 25, 50, 100] as part><option value="${part}"<#if part == 100> selected</#if>>${msg("enforce.percent", part)}</option></#list></select>
<p class="meta">${msg("enforce.sharetext")}</p>
<label class="tick"><input type="checkbox" name="sure" value="yes" required> ${msg("enforce.sure")}</label>
<button class="primary" name="action" value="enforce"<#if !ready> disabled</#if>>${msg("enforce.go")}</button>
</form>
</#if>
<p class="note info">${msg("enforce.rollback")}</p>
</@l.screen>
