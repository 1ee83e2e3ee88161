<#import "layout.ftl" as layout>
<@layout.frame heading=msg("password.title") failed=problem??>
<h1>${msg("password.title")}</h1>
<p class="to">${msg("signin.to", client)}</p>
<#if problem??><@layout.problem key=problem/></#if>
<form method="post" action="${action}">
<input type="hidden" name="step" value="${step}">
<p class="who"><bdi>${identifier}</bdi> <a href="${back}">${msg("action.change")}<span class="unseen"> ${msg("field.identifier")}</span></a></p>
<input class="unseen" type="email" name="identifier" value="${identifier}" autocomplete="username" tabindex="-1" aria-hidden="true" readonly>
<label for="password">${msg("field.password")}</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="1024" required<#if problem??> aria-invalid="true" aria-describedby="problem"<#else> autofocus</#if>>
<button name="action" value="continue">${msg("action.signin")}</button>
<@layout.cancel/>
</form>
</@layout.frame>
