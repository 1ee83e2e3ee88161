<#import "layout.ftl" as l>
<#import "conditions.ftl" as c>
<@l.screen heading=msg("activate.title")>
<h1>${msg("activate.title")}</h1>
<p class="lead">${msg("activate.text")} <@l.pill state=state/></p>
<ol class="ladder" aria-label="${msg("activate.ladder")}"><#list ["draft","testing","active","enforced"] as rung><li<#if rung == state> class="here" aria-current="step"</#if>><strong>${msg("state." + rung)}</strong> <span>${msg("ladder." + rung)}</span></li></#list></ol>
<#if state == "suspended">
<form method="post" action="${action}" class="card"><@l.csrf/><h2>${msg("activate.suspended")}</h2><p>${msg("activate.suspendedtext")}</p><button class="primary" name="action" value="resume">${msg("activate.resume")}</button></form>
<#else>
<#if state == "draft" || state == "testing">
<form method="post" action="${action}" class="card"><@l.csrf/>
<h2>${msg("activate.testers")}</h2><p>${msg("activate.testerstext")}</p>
<label for="testers">${msg("activate.addresses")}</label><textarea id="testers" name="testers" rows="3" spellcheck="false" autocapitalize="none">${testers?join("\n")}</textarea>
<button class="second" name="action" value="testing">${msg("activate.test")}</button>
</form>
<form method="post" action="${action}" class="card"><@l.csrf/>
<h2>${msg("activate.everybody")}</h2><p>${msg("activate.everybodytext")}</p>
<@c.shown list=conditions/>
<button class="primary" name="action" value="everybody"<#if !ready> disabled</#if>>${msg("activate.go")}</button>
</form>
<#else>
<div class="card"><h2>${msg("activate.live")}</h2><p>${msg("activate.livetext")}</p><p class="row"><a class="button primary" href="${frame.base}/connections/${frame.connection}/enforce">${msg("step.enforce")}</a><a class="button second" href="${frame.base}/connections/${frame.connection}/health">${msg("step.health")}</a></p></div>
</#if>
<details class="card"><summary>${msg("activate.stop")}</summary><p>${msg("activate.stoptext")}</p>
<form method="post" action="${action}" class="row"><@l.csrf/><button class="second danger" name="action" value="suspend">${msg("activate.suspend")}</button><#if state == "active" || state == "testing"><button class="second" name="action" value="draft">${msg("activate.back." + state)}</button></#if></form></details>
</#if>
</@l.screen>
