using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using ServerlessBacklog.StandIns.Deliveries;

namespace ServerlessBacklog.StandIns.GitHub.Hooks;

/// <param name="Secret">Empty for none: deliveries are not signed then.</param>
/// <param name="TargetId">The app or the repository that it belongs to.</param>
/// <param name="RepoId">The repository of a repository hook; null for the app's own.</param>
internal sealed record Hook(long Id, Uri Url, string Secret, long TargetId, long? RepoId)
{
    public bool IsActive { get; init; } = true;

    /// <summary>What it is told of; <c>*</c> stands for everything. The app's hook goes by the events of the app.</summary>
    public IReadOnlyList<string> Events { get; init; } = GitHubAppIdentity.AllEvents;

    /// <summary><c>json</c> or <c>form</c>.</summary>
    public string ContentType { get; init; } = "json";

    /// <summary><c>0</c> or <c>1</c>.</summary>
    public string InsecureSsl { get; init; } = "0";

    public bool Hears(string name) => IsActive && (Events.Contains("*") || Events.Contains(name));
}

/// <summary>One attempt to deliver, as it is listed. Each has an id of its own; all attempts of a delivery share the GUID.</summary>
internal sealed class Attempt : IOutgoing
{
    public required long Id { get; init; }

    public required Guid Guid { get; init; }

    public required Hook Hook { get; init; }

    public required string Event { get; init; }

    public string? Action { get; init; }

    public required byte[] Payload { get; init; }

    public long? InstallationId { get; init; }

    public long? RepositoryId { get; init; }

    public bool IsRedelivery { get; init; }

    /// <summary>True when it fails on its way.</summary>
    public bool IsDropped { get; init; }

    /// <summary>When it was sent; null while it waits.</summary>
    public DateTimeOffset? DeliveredAt { get; private set; }

    /// <summary>0 when no answer came.</summary>
    public int StatusCode { get; private set; }

    public string Status { get; private set; } = "pending";

    public double Seconds { get; private set; }

    public bool IsGood => StatusCode is >= 200 and < 300;

    public HttpRequestMessage Request()
    {
        var isForm = Hook.ContentType == "form";
        var body = isForm ? Encoding.ASCII.GetBytes($"payload={Uri.EscapeDataString(Encoding.UTF8.GetString(Payload))}") : Payload;
        var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(isForm ? "application/x-www-form-urlencoded" : "application/json") } };
        var request = new HttpRequestMessage(HttpMethod.Post, Hook.Url) { Content = content };
        request.Headers.TryAddWithoutValidation("User-Agent", "GitHub-Hookshot/044aadd");
        request.Headers.Add("Accept", "*/*");
        request.Headers.Add("X-GitHub-Delivery", Guid.ToString());
        request.Headers.Add("X-GitHub-Event", Event);
        request.Headers.Add("X-GitHub-Hook-ID", $"{Hook.Id}");
        request.Headers.Add("X-GitHub-Hook-Installation-Target-ID", $"{Hook.TargetId}");
        request.Headers.Add("X-GitHub-Hook-Installation-Target-Type", Hook.RepoId is null ? "integration" : "repository");
        if (Hook.Secret.Length > 0)
            request.Headers.Add("X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Hook.Secret), body)));
        return request;
    }

    public void Done(int code, string status, DateTimeOffset at, double seconds)
    {
        (StatusCode, Status, Seconds) = (code, status, seconds);
        DeliveredAt = at;
    }
}
