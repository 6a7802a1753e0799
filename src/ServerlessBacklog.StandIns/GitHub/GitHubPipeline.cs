using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ServerlessBacklog.StandIns.GitHub.Access;
using ServerlessBacklog.StandIns.GitHub.GraphQl;
using ServerlessBacklog.StandIns.GitHub.Rest;
using ServerlessBacklog.StandIns.Http;

namespace ServerlessBacklog.StandIns.GitHub;

/// <summary>The way of every request: faults, caller, limits, route, ETag, headers, logs.</summary>
internal sealed class GitHubPipeline(Desk desk, FaultList faults, GraphQlDesk graphQl, ICollection<StandInWrite> writes)
{
    private const string EnterprisePrefix = "/api/v3";
    private readonly Router<Func<Visit, Answer>> routes = Routes();

    public async Task HandleAsync(HttpContext context)
    {
        var call = await Call.ReadAsync(context);
        var prefix = TakePrefix(call);
        var fault = faults.Take(call.Method, call.Path);
        if (fault is { Cut: true, Performed: false })
        {
            context.Abort();
            return;
        }

        var (caller, kind, refused) = Enter(call);
        // Between entering and leaving others may come: only so can two writes at once be seen.
        await Task.Yield();
        var points = 0;
        var answer = refused ?? (fault is { Performed: false } ? new Answer(fault.Status ?? 500) : Perform(call, caller, prefix, kind, out points));
        answer = Spoil(answer, fault);
        var bytes = Leave(call, caller, kind, points, ref answer);
        if (fault is { Cut: true })
            context.Abort();
        else
            await AnswerWriter.WriteAsync(context, answer, bytes);
    }

    private (Caller Caller, RequestClass Kind, Answer? Refused) Enter(Call call)
    {
        var kind = Classify(call);
        lock (desk.World.Gate)
        {
            try
            {
                var caller = desk.Doorman.CallerOf(call.Header("Authorization"));
                return (caller, kind, desk.Rates.Enter(caller, kind, $"{call.Method} {call.Path}"));
            }
            catch (Exception e) when (e is RefusedException or FormatException)
            {
                // Bad credentials count against the address that they come from.
                desk.Rates.Enter(Caller.Anonymous, RequestClass.Free, "");
                return (Caller.Anonymous, RequestClass.Free, (e as RefusedException ?? Refusals.BadCredentials()).Answer);
            }
        }
    }

    private Answer Perform(Call call, Caller caller, string prefix, RequestClass kind, out int points)
    {
        lock (desk.World.Gate)
        {
            var answer = TryPerform(call, caller, prefix, kind, out points);
            if (kind == RequestClass.Write)
                writes.Add(new StandInWrite(desk.Clock.GetUtcNow(), caller.Account?.Login ?? caller.Key, call.Method, call.Path, Text(call), answer.Status));
            return answer;
        }
    }

    private Answer TryPerform(Call call, Caller caller, string prefix, RequestClass kind, out int points)
    {
        points = 0;
        try
        {
            return kind == RequestClass.GraphQl ? graphQl.Answer(call, caller, out points) : Route(call, caller, prefix);
        }
        catch (RefusedException refusal)
        {
            return refusal.Answer;
        }
        catch (Exception e) when (e is JsonException || (kind != RequestClass.GraphQl && e is FormatException or InvalidOperationException))
        {
            return Refusals.Message(400, "Problems parsing JSON");
        }
    }

    private Answer Route(Call call, Caller caller, string prefix)
    {
        var method = HttpMethods.IsHead(call.Method) ? "GET" : call.Method;
        if (routes.Find(method, call.Path, out _) is not { } found)
            return Refusals.NotFound().Answer;
        call.Values = found.Values;
        return found.Handler(new Visit(call, caller, desk, prefix));
    }

    private byte[] Leave(Call call, Caller caller, RequestClass kind, int points, ref Answer answer)
    {
        var bytes = AnswerWriter.Bytes(answer);
        if (HttpMethods.IsGet(call.Method) && answer.Status == 200)
        {
            var tag = $"W/\"{Convert.ToHexStringLower(SHA256.HashData(bytes))}\"";
            if (call.Header("If-None-Match")?.Split(',', StringSplitOptions.TrimEntries).Contains(tag) == true)
                (answer, bytes) = (new Answer(304) { Headers = answer.Headers }, []);
            answer.With("ETag", tag);
        }

        lock (desk.World.Gate)
        {
            var free = answer.Status == 304 && caller.Kind != CallerKind.Anonymous;
            desk.Rates.Leave(caller, kind, answer, free, points);
        }

        if (caller.Token?.ExpiresAt is { } end)
            answer.With("github-authentication-token-expiration", $"{end.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
        answer.With("X-GitHub-Media-Type", "github.v3; format=json");
        return bytes;
    }

    private static Answer Spoil(Answer answer, Fault? fault)
    {
        if (fault is null)
            return answer;
        var spoiled = fault.Status is null ? answer : new Answer(fault.Status.Value) { Text = fault.Body ?? "{\"message\":\"Server Error\"}" };
        foreach (var (name, value) in fault.Headers)
            spoiled.With(name, value);
        return spoiled;
    }

    private static RequestClass Classify(Call call)
    {
        var path = call.Path;
        return path.EndsWith("/graphql", StringComparison.Ordinal) ? RequestClass.GraphQl
            : path == "/rate_limit" || path.EndsWith("/settings/apps/new", StringComparison.Ordinal) ? RequestClass.Free
            : HttpMethods.IsGet(call.Method) || HttpMethods.IsHead(call.Method) ? RequestClass.Read
            : IsUpkeep(path) ? RequestClass.Upkeep
            : RequestClass.Write;
    }

    /// <summary>What changes no content that people see: tokens, deliveries, webhooks, apps.</summary>
    private static bool IsUpkeep(string path) =>
        path.EndsWith("/access_tokens", StringComparison.Ordinal) || path.EndsWith("/attempts", StringComparison.Ordinal)
        || path.EndsWith("/conversions", StringComparison.Ordinal)
        || path.Split('/').Contains(path.StartsWith("/app/", StringComparison.Ordinal) ? "hook" : "hooks");

    private static string TakePrefix(Call call)
    {
        if (!call.Path.StartsWith(EnterprisePrefix + "/", StringComparison.Ordinal))
            return "";
        call.Path = call.Path[EnterprisePrefix.Length..];
        return EnterprisePrefix;
    }

    private static string Text(Call call) => System.Text.Encoding.UTF8.GetString(call.Body);

    private static Router<Func<Visit, Answer>> Routes()
    {
        var routes = new Router<Func<Visit, Answer>>();
        var ofRepository = new RepoRouter(routes);
        RepoRoutes.MapOthers(routes);
        AppRoutes.Map(routes);
        ManifestRoutes.Map(routes);
        RepoRoutes.Map(ofRepository);
        ContentRoutes.Map(ofRepository);
        IssueRoutes.Map(ofRepository);
        LabelRoutes.Map(ofRepository);
        CommentRoutes.Map(ofRepository);
        LinkRoutes.Map(ofRepository);
        HookRoutes.Map(ofRepository);
        return routes;
    }
}
