using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.Http;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;

/// <summary>
/// The REST interface (https://learn.microsoft.com/rest/api/azure/devops/wit). Answers are JSON, or an exception: what the user can mend
/// says how, a refusal of the tracker is an <see cref="ApiRefusedException"/>.
/// </summary>
internal sealed class AzureDevOpsApi : IDisposable
{
    public const string Version = "7.1";

    /// <summary>Comments never left preview. With this version they take Markdown (<c>format=markdown</c>).</summary>
    public const string CommentsVersion = "7.1-preview.4";

    /// <summary>Reactions to comments: a preview too, and not there on every server.</summary>
    public const string ReactionsVersion = "7.1-preview.1";

    /// <summary>Patience for one call, with the pauses that the host asks for in between.</summary>
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromMinutes(5);

    private static readonly MediaTypeHeaderValue JsonPatch = new("application/json-patch+json");

    private readonly AzureDevOpsOptions options;
    private readonly AzureDevOpsCredentials credentials;
    private readonly HttpClient http;

    public AzureDevOpsApi(AzureDevOpsOptions options, AzureDevOpsCredentials credentials, ITrackerHttp tracker)
    {
        (this.options, this.credentials) = (options, credentials);
        http = new HttpClient(tracker.HandlerFor(credentials.Account), disposeHandler: false) { Timeout = AnswerWithin };
        http.DefaultRequestHeaders.UserAgent.ParseAdd("ServerlessBacklog");
        http.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        // Names of link types and states are translated otherwise.
        http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en-US");
        // A refused sign-in is then a status instead of a page.
        http.DefaultRequestHeaders.Add("X-TFS-FedAuthRedirect", "Suppress");
    }

    /// <summary>The address of an organization and what lies in it; every segment of <paramref name="path"/> is escaped.</summary>
    public string AddressOf(string organization, params ReadOnlySpan<string> path)
    {
        var address = $"{options.BaseUrl.AbsoluteUri.TrimEnd('/')}/{Uri.EscapeDataString(organization)}";
        foreach (var segment in path)
            address += $"/{Uri.EscapeDataString(segment)}";
        return address;
    }

    /// <summary>The address of something of the work item part of a project's interface.</summary>
    public string WorkAddressOf(AzureProject project, params ReadOnlySpan<string> path)
    {
        var address = AddressOf(project.Organization, project.Name, "_apis", "wit");
        foreach (var segment in path)
            address += $"/{Uri.EscapeDataString(segment)}";
        return address;
    }

    public Task<JsonElement> GetAsync(string address, CancellationToken cancellation) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, address), cancellation);

    /// <summary>A POST that only asks.</summary>
    public Task<JsonElement> QueryAsync(string address, object question, CancellationToken cancellation) =>
        ArrangeAsync(HttpMethod.Post, address, question, cancellation);

    /// <summary>Asks, or sets up what is no item: the stop of all writing does not hold it.</summary>
    public Task<JsonElement> ArrangeAsync(HttpMethod method, string address, object body, CancellationToken cancellation) =>
        SendAsync(new HttpRequestMessage(method, address) { Content = JsonContent.Create(body) }.As(RequestKind.Upkeep), cancellation);

    /// <param name="method">POST for a new item.</param>
    public Task<JsonElement> PatchAsync(HttpMethod method, string address, IReadOnlyList<PatchOperation> operations, CancellationToken cancellation) =>
        WriteAsync(method, address, JsonContent.Create(operations, JsonPatch), cancellation);

    public Task<JsonElement> WriteAsync(HttpMethod method, string address, HttpContent? content, CancellationToken cancellation) =>
        SendAsync(new HttpRequestMessage(method, address) { Content = content }.As(RequestKind.Write), cancellation);

    public void Dispose() => http.Dispose();

    private async Task<JsonElement> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using (request)
        {
            request.Headers.Authorization = await credentials.HeaderAsync(cancellation);
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (IsSignInPage(answer))
                throw ApiErrors.SignIn(credentials, options.BaseUrl);
            if (!answer.IsSuccessStatusCode)
                throw ApiErrors.Of(answer.StatusCode, await BodyAsync(answer, cancellation));
            if (answer.StatusCode == HttpStatusCode.NoContent)
                return default;
            return await ParseAsync(answer, cancellation);
        }
    }

    private async Task<JsonElement> ParseAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(cancellation), default, cancellation);
            return document.RootElement.Clone();
        }
        catch (JsonException garbled)
        {
            throw new HttpRequestException($"What {options.BaseUrl.Host} answers is no JSON.", garbled, answer.StatusCode);
        }
    }

    /// <summary>The service answers a bad token with 203 or a redirect and an HTML page to sign in with, or with 401.</summary>
    private static bool IsSignInPage(HttpResponseMessage answer) =>
        answer.StatusCode is HttpStatusCode.NonAuthoritativeInformation or HttpStatusCode.Unauthorized
        || (int)answer.StatusCode is >= 300 and < 400
        || (answer.IsSuccessStatusCode && answer.Content.Headers.ContentType?.MediaType is "text/html");

    /// <summary>The start of a refusal: enough for its code and sentence.</summary>
    private static async Task<JsonElement?> BodyAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        if (answer.Content.Headers.ContentType?.MediaType is not { } type || !type.EndsWith("json", StringComparison.OrdinalIgnoreCase))
            return null;
        try
        {
            using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellation));
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
