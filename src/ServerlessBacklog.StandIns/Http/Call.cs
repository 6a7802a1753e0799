using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ServerlessBacklog.StandIns.Http;

/// <summary>One request. Its path is taken from the request line: only there can a slash in a name be told from one between names.</summary>
internal sealed class Call
{
    private readonly HttpRequest request;

    private Call(HttpRequest request, byte[] body)
    {
        this.request = request;
        Body = body;
        var target = request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget;
        Path = target.Split('?')[0];
    }

    public string Method => request.Method;

    /// <summary>As it was sent, percent-escapes and all, without the query.</summary>
    public string Path { get; set; }

    public byte[] Body { get; }

    public IReadOnlyDictionary<string, string> Values { get; set; } = new Dictionary<string, string>();

    /// <summary>The query with its question mark; empty when there is none.</summary>
    public string QueryText => request.QueryString.Value ?? "";

    public Uri Host => new($"{request.Scheme}://{request.Host}");

    public string ContentType => (request.ContentType ?? "").Split(';')[0].Trim();

    public string this[string name] => Values[name];

    public static async Task<Call> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return new Call(context.Request, body.ToArray());
    }

    public int Number(string name) => int.TryParse(Values[name], out var number) ? number : 0;

    public long Id(string name) => long.TryParse(Values[name], out var id) ? id : 0;

    public string? Header(string name) => request.Headers.TryGetValue(name, out var value) ? value.ToString() : null;

    public IReadOnlyList<string> HeaderNames => [.. request.Headers.Keys];

    public string? Query(string name) => request.Query.TryGetValue(name, out var value) && value.Count > 0 ? value[0] : null;

    public IEnumerable<KeyValuePair<string, string>> Queries =>
        request.Query.SelectMany(q => q.Value.Select(v => KeyValuePair.Create(q.Key, v ?? "")));

    /// <summary>The body as JSON; null when it is empty.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public JsonNode? Json(JsonNodeOptions? options = null) => Body.Length == 0 ? null : JsonNode.Parse(Body, options);
}
