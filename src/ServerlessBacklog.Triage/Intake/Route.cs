using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Intake;

/// <summary>One way to call in over HTTP. The hosts map it and translate; what it does and answers is the same on both.</summary>
/// <param name="Name">Names the function on Azure.</param>
/// <param name="Method"><c>GET</c> or <c>POST</c>.</param>
/// <param name="Template">Path below the root, in the template words that both hosts know.</param>
/// <param name="IsOpen">True when no key is needed: it tells nothing of a backlog.</param>
public sealed record Route(string Name, string Method, string Template, bool IsOpen, Func<Requests, Call, Task<Reply>> Handle)
{
    /// <summary>Bytes of the longest body that a host reads; a longer one is answered with 413.</summary>
    public int MaxBody { get; init; } = 64 * 1024;

    /// <summary>True for calls of other systems: they come under any name of this host and prove by themselves where they come from.</summary>
    public bool IsHook { get; init; }

    /// <summary>The answer to a body that is longer than <see cref="MaxBody"/>.</summary>
    public Reply TooLong() => Reply.Error(413, $"A body has at most {MaxBody:N0} bytes here.");
}

/// <summary>A call as the hosts hand it on.</summary>
/// <param name="Parameter">A value of the path or of the query by name; null when it is not there.</param>
/// <param name="Body">As it came; at most <see cref="Route.MaxBody"/> bytes.</param>
/// <param name="Client">Speaks to the runtime of this host.</param>
public sealed record Call(Func<string, string?> Parameter, ReadOnlyMemory<byte> Body, IOrchestrationClient Client, CancellationToken Cancellation)
{
    private const int FirstBlock = 64 * 1024;

    /// <summary>A header by name, whatever its case; null when it is not there.</summary>
    public Func<string, string?> Header { get; init; } = _ => null;

    /// <summary>
    /// Told that a delivery waits to be started, on a host that starts them beside its calls. Null on one that ends with the call: the
    /// delivery is then started before the answer.
    /// </summary>
    public Action? DeliveryWaits { get; init; }

    /// <summary>Reads a body up to so many bytes; null when it is longer, of which no more is read.</summary>
    /// <param name="told">How long it is said to be; null where that is not known.</param>
    public static async Task<ReadOnlyMemory<byte>?> ReadBodyAsync(Stream stream, long? told, int most, CancellationToken cancellation)
    {
        if (told > most)
            return null;
        // What is said is not what comes: memory for a long body is taken as it arrives. One byte more than comes shows that it is the end.
        var body = new byte[Math.Min(told ?? FirstBlock, FirstBlock) + 1];
        var length = 0;
        while (await stream.ReadAsync(body.AsMemory(length), cancellation) is > 0 and var read)
        {
            length += read;
            if (length > most)
                return null;
            if (length == body.Length)
                Array.Resize(ref body, Math.Min(2 * length, most + 1));
        }

        return body.AsMemory(0, length);
    }

    /// <summary>The value of a parameter that must be there.</summary>
    /// <exception cref="BadCallException">It is not.</exception>
    public string Required(string name) => Parameter(name) is { Length: > 0 } value
        ? value
        : throw new BadCallException($"The parameter '{name}' is missing.");

    /// <exception cref="BadCallException">The body is no such JSON.</exception>
    public T Read<T>(string example)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Body.Span, JsonSerializerOptions.Web) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new BadCallException($"The body is not the JSON that is expected here, for example {example}");
        }
    }
}

/// <param name="Status">HTTP status code.</param>
/// <param name="Body">Sent as JSON, unless it is a page.</param>
public sealed record Reply(int Status, object Body)
{
    /// <summary>How bodies are written.</summary>
    internal static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Media type of what <see cref="ToBytes"/> holds.</summary>
    public string ContentType { get; init; } = "application/json; charset=utf-8";

    /// <summary>The body as both hosts send it.</summary>
    public byte[] ToBytes() => Body is HtmlText html ? Encoding.UTF8.GetBytes(html.Text) : ToJson();

    /// <param name="html">A whole page, everything in it escaped.</param>
    public static Reply Html(int status, string html) => new(status, new HtmlText(html)) { ContentType = "text/html; charset=utf-8" };

    /// <summary>The body as JSON: snake_case names, enums as words, absent values left out.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(Body, Body.GetType(), Json);

    public static Reply Error(int status, string message) => new(status, new ErrorReply(message));

    private sealed record HtmlText(string Text);
}

/// <summary>A call that is wrong in itself; the message goes to the caller with status 400.</summary>
public sealed class BadCallException(string message) : Exception(message);
