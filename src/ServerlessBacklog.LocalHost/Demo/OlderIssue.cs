using System.Text.Json;

namespace ServerlessBacklog.LocalHost.Demo;

/// <summary>An issue that was there before the play begins.</summary>
/// <param name="Day">How many days ago it was opened.</param>
/// <param name="Closed">Days after which it was closed as completed; null while it is open.</param>
internal sealed record OlderIssue(int Day, string By, string Title, string Body, IReadOnlyList<string> Labels, string? Assignee = null, int? Closed = null)
{
    private const string Resource = "lighthouse.json";

    public IReadOnlyList<OlderComment> Comments { get; init; } = [];

    /// <summary>The backlog of a photo app that nobody ever wrote, oldest first.</summary>
    public static IReadOnlyList<OlderIssue> ReadAll()
    {
        using var stream = typeof(OlderIssue).Assembly.GetManifestResourceStream(Resource)!;
        return JsonSerializer.Deserialize<List<OlderIssue>>(stream, JsonSerializerOptions.Web)!;
    }
}

internal sealed record OlderComment(string By, string Text);
