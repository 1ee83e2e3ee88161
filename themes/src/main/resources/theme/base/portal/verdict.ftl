<#import "layout.ftl" as l>
<#macro shown verdict>
<#if verdict.diagnosis??>
<#assign d = verdict.diagnosis>
<div class="note bad diagnosis" role="alert">
<p class="code"><code>${d.code}</code> <span class="pill warn">${msg("fixer." + d.fixer)}</span></p>
<h2>${msg("diagnosis." + d.code + ".title", d.expected, d.received)}</h2>
<p>${msg("diagnosis." + d.code + ".what", d.expected, d.received)}</p>
<#if d.expected != "–" || d.received != "–"><dl class="facts compare"><div><dt>${msg("verdict.expected")}</dt><dd class="mono">${d.expected}</dd></div><div><dt>${msg("verdict.received")}</dt><dd class="mono">${d.received}</dd></div></dl></#if>
<p><strong>${msg("trouble.fix")}</strong> ${msg("diagnosis." + d.code + ".fix", d.expected, d.received)}</p>
<#list d.fields as key><#if known(key)><p><strong>${msg("verdict.there")}</strong> ${msg(key, d.expected, d.received)}</p><#break></#if></#list>
<#list d.fixes as fix>
<#if fix.index lt 0><p><a class="button primary" href="${fix.action}">${msg(fix.key)}</a></p>
<#else><form method="post" action="${fix.action}"><@l.csrf/><input type="hidden" name="fix" value="${fix.index}">
<#if fix.lowers><label class="tick"><input type="checkbox" name="sure" value="yes" required> ${msg("fix.lowers")}</label></#if>
<button class="primary">${msg(fix.key, fix.arguments[0]!"", fix.arguments[1]!"")}</button></form></#if>
</#list>
</div>
</#if>
<section class="card" aria-labelledby="checks"><h2 id="checks">${msg("verdict.checks")}</h2>
<ul class="checks">
<#list verdict.checks as check><li class="${check.mark}"><@l.mark verdict=check.mark/><span class="checkname">${msg("check." + check.name)}</span><#if check.mark == "failed" && (check.expected?? || check.received??)><span class="meta mono">${msg("verdict.expected")} ${check.expected!"–"} · ${msg("verdict.received")} ${check.received!"–"}</span><#elseif check.received?? && check.mark == "passed"><span class="meta mono">${check.received}</span></#if></li></#list>
</ul>
</section>
<#if verdict.person?has_content>
<section class="card" aria-labelledby="person"><h2 id="person">${msg("verdict.person")}</h2>
<dl class="facts"><#list verdict.person as fact><div><dt>${msg("person." + fact.label)}</dt><dd class="mono">${fact.value}</dd></div></#list></dl>
</section>
</#if>
<#if verdict.attributes?has_content>
<details class="card"><summary>${msg("verdict.attributes", verdict.attributes?size)}</summary>
<dl class="facts"><#list verdict.attributes as fact><div><dt class="mono">${fact.label}</dt><dd class="mono">${fact.value}</dd></div></#list></dl>
</details>
</#if>
<#if verdict.support??>
<details class="card"><summary>${msg("verdict.support")}</summary>
<label for="support">${msg("verdict.supporttext")}</label><textarea id="support" rows="7" readonly spellcheck="false" data-copy>${verdict.support}</textarea>
<button type="button" class="second small" hidden data-copies="support" data-copied="${msg("copy.done")}"><span data-word>${msg("copy.do")}</span></button>
</details>
</#if>
</#macro>
<#macro attempts list>
<div class="scroll" tabindex="0" role="region" aria-label="${msg("attempts.title")}"><table class="list"><thead><tr><th scope="col">${msg("attempts.when")}</th><th scope="col">${msg("attempts.who")}</th><th scope="col">${msg("attempts.kind")}</th><th scope="col">${msg("attempts.result")}</th></tr></thead><tbody>
<#list list as attempt><tr><td><a href="${attempt.href}"><@l.time when=attempt.at/></a></td><td>${attempt.who}</td><td>${msg("kind." + attempt.kind)}</td><td><span class="pill ${attempt.status}">${msg("attempt." + attempt.status)}</span><#if attempt.code??> <code>${attempt.code}</code></#if></td></tr></#list>
</tbody></table></div>
</#macro>
