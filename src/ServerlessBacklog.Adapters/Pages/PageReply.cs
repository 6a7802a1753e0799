using System.Text;

namespace ServerlessBacklog.Adapters.Pages;

/// <summary>What a host sends back.</summary>
/// <param name="Status">HTTP status code.</param>
/// <param name="ContentType">Null for an answer without a body.</param>
public sealed record PageReply(int Status, string? ContentType, ReadOnlyMemory<byte> Body)
{
    public const string Html = "text/html; charset=utf-8";

    /// <summary>Further headers; a name may come twice (<c>Set-Cookie</c>).</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public static PageReply Text(int status, string text, string contentType = "text/plain; charset=utf-8") => new(status, contentType, Encoding.UTF8.GetBytes(text));

    /// <param name="status">303 after a form, 302 otherwise.</param>
    public static PageReply Redirect(string path, int status = 302) => new(status, null, default) { Headers = [("Location", path)] };

    public PageReply With(params IEnumerable<(string Name, string Value)> headers) => this with { Headers = [.. Headers, .. headers] };
}
