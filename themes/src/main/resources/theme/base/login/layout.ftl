<#-- The frame of every page. heading: what the page is about; failed: whether something is wrong with the last input. -->
<#macro frame heading failed=false>
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
</head>
<body class="page-${page}">
<main>
<p class="brand"><svg viewBox="0 0 32 32" aria-hidden="true" focusable="false"><rect width="32" height="32" rx="8"/><path d="M8 24V14.5a8 8 0 0 1 16 0V24M13 24v-8.5a3 3 0 0 1 6 0V24"/></svg>${brand}</p>
<div class="card">
<#nested>
</div>
</main>
</body>
</html>
</#macro>

<#macro problem key>
<div class="problem" id="problem" role="alert" tabindex="-1" autofocus>${msg(key)}</div>
</#macro>

<#macro cancel>
<button class="quiet" name="action" value="cancel" formnovalidate>${msg("action.cancel")}</button>
</#macro>

<#macro label text><#if text?starts_with("link.")>${msg(text)}<#else>${text}</#if></#macro>
