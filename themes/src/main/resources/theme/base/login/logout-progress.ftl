<#import "layout.ftl" as layout>
<@layout.frame heading=msg("logoutprogress.title")>
<h1>${msg("logoutprogress.title")}</h1>
<#if unanswered>
<p role="status">${msg("logoutprogress.unanswered", next)}</p>
<#else>
<p>${msg("logoutprogress.text")}</p>
</#if>
<ul class="parties">
<#list parties as party>
<li class="${party.state}"<#if party.state == "next" || party.state == "unanswered"> aria-current="step"</#if>><bdi>${party.name}</bdi> <span>${msg("logoutprogress.state." + party.state)}</span></li>
</#list>
</ul>
<form method="post" action="${action}">
<input type="hidden" name="step" value="${step}">
<#if unanswered>
<button name="action" value="skip">${msg("logoutprogress.skip", next)}</button>
<button class="quiet" name="action" value="go">${msg("logoutprogress.again", next)}</button>
<#else>
<button name="action" value="go">${msg("logoutprogress.go", next)}</button>
<button class="quiet" name="action" value="skip">${msg("logoutprogress.skip", next)}</button>
</#if>
</form>
<#if !unanswered>
<script nonce="${nonce}">HTMLFormElement.prototype.submit.call(document.forms[0])</script>
</#if>
</@layout.frame>
