<#-- The frame of every screen. heading: what it is about; failed: whether something is wrong with the last input. -->
<#macro screen heading failed=false wide=false>
<!DOCTYPE html>
<html lang="${lang}" dir="${dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title><#if failed>${msg("title.error")} </#if>${heading} · ${brand}</title>
<#list favicons as icon>
<link rel="icon" href="${resources}/${icon}">
</#list>
<#list styles as style>
<link rel="stylesheet" href="${resources}/${style}">
</#list>
<#list scripts as script>
<script nonce="${nonce}" src="${resources}/${script}" defer></script>
</#list>
</head>
<body>
<a class="skip" href="#main">${msg("portal.skip")}</a>
<header class="top">
<div class="bar">
<a class="brand" href="${frame.base}"><svg viewBox="0 0 32 32" aria-hidden="true" focusable="false"><rect width="32" height="32" rx="8"/><path d="M8 24V14.5a8 8 0 0 1 16 0V24M13 24v-8.5a3 3 0 0 1 6 0V24"/></svg><span>${brand}</span></a>
<#if frame.organization??>
<p class="whose"><span class="org">${frame.organization}</span><span class="who"><@when_intent intent=frame.intent/></span></p>
<form method="post" action="${frame.base}/leave" class="leave"><@csrf/><button class="plain small">${msg("portal.leave")}</button></form>
</#if>
</div>
</header>
<div class="page<#if frame.steps?has_content> withsteps</#if><#if wide> wide</#if>">
<#if frame.steps?has_content>
<nav class="steps" aria-label="${msg("portal.steps")}">
<details open class="stepbox">
<summary><#list frame.steps as step><#if step.mark?starts_with("current")>${msg("portal.stepof", step?counter, frame.steps?size)} · ${msg("step." + step.slug)}</#if></#list></summary>
<ol>
<#list frame.steps as step>
<li class="${step.mark}"><#if step.mark == "later"><span class="stop"><span class="dot" aria-hidden="true">${step?counter}</span><span>${msg("step." + step.slug)}<span class="sr"> (${msg("portal.later")})</span></span></span><#else><a class="stop" href="${step.href}"<#if step.mark?starts_with("current")> aria-current="step"</#if>><span class="dot" aria-hidden="true"><#if step.mark?contains("done")><svg viewBox="0 0 16 16" focusable="false"><path d="M3.5 8.5l3 3 6-6.5"/></svg><#else>${step?counter}</#if></span><span>${msg("step." + step.slug)}<#if step.mark?contains("done")><span class="sr"> (${msg("portal.stepdone")})</span></#if></span></a></#if></li>
</#list>
</ol>
</details>
</nav>
</#if>
<main id="main" tabindex="-1">
<#if frame.done??>
<div class="note good" role="status" tabindex="-1" autofocus>${msg("done." + frame.done)}</div>
</#if>
<@notices list=frame.notices/>
<#nested>
<#if frame.steps?has_content && frame.connection?? && frame.current??>
<details class="handon">
<summary>${msg("hand.title")}</summary>
<form method="post" action="${frame.base}/connections/${frame.connection}/hand-on" class="inline">
<@csrf/><input type="hidden" name="step" value="${frame.current}">
<p>${msg("hand.text")}</p>
<div class="row"><div class="grow"><label for="contact">${msg("hand.contact")}</label><input id="contact" name="contact" maxlength="254" required autocomplete="off"></div>
<button class="second">${msg("hand.make")}</button></div>
</form>
</details>
</#if>
</main>
</div>
<footer>
<p>${msg("portal.footer")}</p>
<#if frame.csrf??>
<form method="post" action="${frame.base}/language" class="languages"><@csrf/><input type="hidden" name="self" value="${frame.self}">
<#list frame.languages as language><button class="plain small" name="language" value="${language}" lang="${language}"<#if language == lang> aria-pressed="true"<#else> aria-pressed="false"</#if>>${msg("language." + language)}</button></#list>
</form>
</#if>
</footer>
</body>
</html>
</#macro>

<#-- What ends or waits. Of held metadata the health page itself has more to say. -->
<#macro notices list>
<#list list as notice><#if notice.word != "metadata_held" || (frame.current!"") != "health"><p class="note ${notice.look}">${msg("notice." + notice.word, notice.name, notice.days, notice.when.text)}<#if notice.href?? && (frame.current!"") != notice.step> <a href="${notice.href}">${msg("step." + notice.step)}</a></#if></p>
</#if></#list>
</#macro>

<#macro csrf><#if frame.csrf??><input type="hidden" name="csrf" value="${frame.csrf}"></#if></#macro>

<#macro when_intent intent>${msg("intent." + intent)}</#macro>

<#macro time when><time datetime="${when.iso}">${when.text}</time></#macro>

<#-- A value to be copied: a button where scripts run, a field to select from where they do not. -->
<#macro copy id label value own=true>
<div class="copy<#if own> ours</#if>">
<label for="${id}">${label}</label>
<div class="copyrow"><input id="${id}" value="${value}" readonly spellcheck="false" data-copy><button type="button" class="second small" hidden data-copies="${id}" data-copied="${msg("copy.done")}"><span class="sr">${label}: </span><span data-word>${msg("copy.do")}</span></button></div>
</div>
</#macro>

<#macro trouble about>
<#assign subject = known("question." + about.about)?then("question." + about.about, "fact." + about.about)>
<#assign subject = known(subject)?then(msg(subject), about.about)>
<div class="note bad" role="alert" tabindex="-1" autofocus id="trouble">
<h2>${msg("trouble." + about.word + ".title", subject)}</h2>
<p>${msg("trouble." + about.word + ".text", subject)}</p>
<#if about.detail??><p class="detail" lang="en">${about.detail}</p></#if>
<p><strong>${msg("trouble.fix")}</strong> ${msg("trouble." + about.word + ".fix", subject)}</p>
</div>
</#macro>

<#macro pill state><span class="pill ${state}">${msg("state." + state)}</span></#macro>

<#macro mark verdict><#if verdict == "passed"><span class="mark ok"><svg viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d="M3 8.5l3.2 3.2L13 4.8"/></svg><span class="sr">${msg("verdict.passed")}</span></span><#elseif verdict == "failed"><span class="mark no"><svg viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d="M4 4l8 8M12 4l-8 8"/></svg><span class="sr">${msg("verdict.failed")}</span></span><#else><span class="mark na"><svg viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d="M4 8h8"/></svg><span class="sr">${msg("verdict." + verdict)}</span></span></#if></#macro>

<#macro certificates list>
<#list list as certificate>
<div class="cert">
<div class="certhead"><strong>${certificate.subject}</strong>
<#if certificate.days lt 0><span class="pill bad">${msg("cert.expired")}</span><#elseif certificate.days lte 60><span class="pill warn">${msg("cert.days", certificate.days)}</span><#else><span class="pill active">${msg("cert.days", certificate.days)}</span></#if></div>
<p class="meta">${msg("cert.until")} <@time when=certificate.expires/></p>
<p class="meta mono">SHA-256 ${certificate.fingerprint}</p>
</div>
</#list>
</#macro>

<#-- A drawing of a form over there, with what goes in. -->
<#macro drawing name path fields prefix>
<figure class="drawing">
<div class="window">
<div class="chrome" aria-hidden="true"><i></i><i></i><i></i><b>${name}</b></div>
<#if path?has_content><p class="crumbs"><span class="sr">${msg("guide.path")} </span><#list path as part><span<#if !part?has_next> class="last"</#if>>${part}</span><#if part?has_next><span class="sep" aria-hidden="true">›</span></#if></#list></p></#if>
<div class="fields">
<#list fields as field>
<#if field.ours><@copy id=prefix + field?counter label=field.label value=field.value/><#else><div class="copy fixed"><label for="${prefix}${field?counter}">${field.label}</label><div class="copyrow"><input id="${prefix}${field?counter}" value="${field.value}" readonly spellcheck="false"></div></div></#if>
</#list>
</div>
</div>
<figcaption>${msg("guide.drawing", name)}</figcaption>
</figure>
</#macro>
