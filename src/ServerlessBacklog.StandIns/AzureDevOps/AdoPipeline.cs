using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ServerlessBacklog.StandIns.AzureDevOps.Acts;
using ServerlessBacklog.StandIns.AzureDevOps.Model;
using ServerlessBacklog.StandIns.AzureDevOps.Rest;
using ServerlessBacklog.StandIns.Http;

namespace ServerlessBacklog.StandIns.AzureDevOps;

/// <summary>The way of every request: faults, caller, limits, version, route, logs.</summary>
internal sealed class AdoPipeline(ItemActs acts, AzureDevOpsStandInOptions options, FaultList faults, AdoRateKeeper rates, ICollection<StandInWrite> writes)
{
    private readonly Router<Func<AdoVisit, Answer>> routes = Routes();

    public async Task HandleAsync(HttpContext context)
    {
        var call = await Call.ReadAsync(context);
        var fault = faults.Take(call.Method, call.Path);
        await (fault?.Before?.Invoke() ?? Task.CompletedTask);
        if (fault is { Cut: true, Performed: false })
        {
            context.Abort();
            return;
        }

        var answer = fault is { Performed: false } ? new Answer(fault.Status ?? 500) { Text = fault.Body ?? "" } : Serve(call);
        if (fault?.Status is { } status && fault.Performed)
            answer = new Answer(status) { Text = fault.Body ?? "" };
        foreach (var (name, value) in fault?.Headers ?? new Dictionary<string, string>())
            answer.With(name, value);
        Note(call, answer);
        if (fault is { Cut: true })
            context.Abort();
        else
            await AnswerWriter.WriteAsync(context, answer.With("X-VSS-E2EID", Guid.NewGuid().ToString()), AnswerWriter.Bytes(answer));
    }

    private Answer Serve(Call call)
    {
        if (call.Path == "/_signin")
            return AdoRefusals.SignInPage;
        lock (acts.Organization.Gate)
            try
            {
                var (caller, token, refused) = CallerOf(call);
                if (refused is not null)
                    return refused;
                if (rates.Enter(caller!.UniqueName, $"{call.Method} {call.Path}") is { } limited)
                    return limited;
                return Route(call, caller, token);
            }
            catch (RefusedException refusal)
            {
                return refusal.Answer;
            }
            catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or NullReferenceException)
            {
                return AdoRefusals.Message(400, "You must pass a valid document in the body of the request.", "VssPropertyValidationException");
            }
    }

    private Answer Route(Call call, Identity caller, string token)
    {
        if (!HttpMethods.IsGet(call.Method) && call.Query("api-version") is null && call.Header("Accept")?.Contains("api-version=") != true)
            return AdoRefusals.Message(400, $"No api-version was supplied for the \"{call.Method}\" request. The version must be supplied either as part of the Accept header (e.g. \"application/json; api-version=1.0\") or as a query parameter (e.g. \"?api-version=1.0\").", "VssVersionNotSpecifiedException");
        if (routes.Find(call.Method, call.Path, out var known) is not { } found)
            return known
                ? AdoRefusals.Message(405, $"The requested resource does not support http method '{call.Method}'.", "VssRequestMethodNotAllowedException")
                : new Answer(404) { Text = "<!DOCTYPE html><html><body>404 - Page not found</body></html>", ContentType = "text/html; charset=utf-8" };
        if (!found.Values["organization"].Equals(options.Organization, StringComparison.OrdinalIgnoreCase))
            return new Answer(404) { Text = "<!DOCTYPE html><html><body>404 - Page not found</body></html>", ContentType = "text/html; charset=utf-8" };
        var isWrite = IsWrite(call);
        if (isWrite && options.ReadOnlyTokens.Contains(token))
            return AdoRefusals.Message(401, "TF400813: The user '' is not authorized to access this resource.", "UnauthorizedRequestException");
        call.Values = found.Values;
        var answer = Perform();
        if (isWrite)
            writes.Add(new StandInWrite(options.Clock.GetUtcNow(), caller.UniqueName, call.Method, call.Path, Encoding.UTF8.GetString(call.Body), answer.Status));
        return answer;

        Answer Perform()
        {
            try
            {
                return found.Handler(new AdoVisit(call, caller, acts, options));
            }
            catch (RefusedException refusal)
            {
                return refusal.Answer;
            }
        }
    }

    /// <summary>Queries and batches are read by POST.</summary>
    private static bool IsWrite(Call call) =>
        !HttpMethods.IsGet(call.Method)
        && !call.Path.EndsWith("/wiql", StringComparison.OrdinalIgnoreCase) && !call.Path.EndsWith("/workitemsbatch", StringComparison.OrdinalIgnoreCase)
        && call.Query("validateOnly") != "true";

    private (Identity? Caller, string Token, Answer? Refused) CallerOf(Call call)
    {
        var header = call.Header("Authorization");
        if (string.IsNullOrEmpty(header))
            return (null, "", call.Header("X-TFS-FedAuthRedirect") == "Suppress"
                ? new Answer(401) { Headers = { ["WWW-Authenticate"] = "Bearer, Basic" } }
                : new Answer(302) { Headers = { ["Location"] = $"{call.Host.ToString().TrimEnd('/')}/_signin?realm=dev.azure.com&reply_to={Uri.EscapeDataString(call.Path)}" } });
        var parts = header.Split(' ', 2, StringSplitOptions.TrimEntries);
        var token = parts[^1];
        if (parts[0].Equals("Basic", StringComparison.OrdinalIgnoreCase))
            token = Decode(token);
        return options.Tokens.TryGetValue(token, out var name)
            ? (acts.Organization.Identity(name), token, null)
            // A token that was never good gets the sign-in page; one that has been revoked or has run out is said to be so.
            : (null, token, token.StartsWith("revoked", StringComparison.Ordinal)
                ? new Answer(401) { Text = "Access Denied: The Personal Access Token used has expired.", ContentType = "text/html; charset=utf-8" }
                : AdoRefusals.SignInPage);
    }

    private void Note(Call call, Answer answer)
    {
        lock (acts.Organization.Gate)
            if (CallerOf(call).Caller is { } caller)
                rates.Leave(caller.UniqueName, answer);
    }

    private static string Decode(string credentials)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(credentials)).Split(':', 2)[^1];
        }
        catch (FormatException)
        {
            return "";
        }
    }

    private static Router<Func<AdoVisit, Answer>> Routes()
    {
        var routes = new Router<Func<AdoVisit, Answer>>();
        var ado = new AdoRouter(routes);
        QueryRoutes.Map(ado);
        ItemRoutes.Map(ado);
        ItemCommentRoutes.Map(ado);
        PlaceRoutes.Map(ado);
        TeamRoutes.Map(ado);
        HookRoutes.Map(ado);
        return routes;
    }
}
