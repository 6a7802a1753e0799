using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace ServerlessBacklog.StandIns.Tests;

/// <summary>A plain client that follows nothing and hides nothing.</summary>
internal sealed class Web(Uri address, AuthenticationHeaderValue? authorization = null) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address };

    public async Task<Reply> SendAsync(HttpMethod method, string path, object? body = null, string contentType = "application/json", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.RelativeOrAbsolute));
        request.Headers.Authorization = authorization;
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        if (body is string text)
            request.Content = new StringContent(text, Encoding.UTF8, contentType);
        else if (body is not null)
            request.Content = JsonContent.Create(body, mediaType: new MediaTypeHeaderValue(contentType));
        using var response = await http.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        return new Reply((int)response.StatusCode, answer, response.Headers
            .Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));
    }

    public Task<Reply> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, headers: headers);

    public Task<Reply> PostAsync(string path, object body) => SendAsync(HttpMethod.Post, path, body);

    public Task<Reply> PatchAsync(string path, object body) => SendAsync(HttpMethod.Patch, path, body);

    public Task<Reply> DeleteAsync(string path, object? body = null) => SendAsync(HttpMethod.Delete, path, body);

    public void Dispose() => http.Dispose();
}

internal sealed record Reply(int Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public string Message => Json["message"]!.ToString();
}
