using ServerlessBacklog.Triage.Privacy;

namespace ServerlessBacklog.Triage.Models;

/// <summary>A text of a tracker that goes into a prompt as data.</summary>
/// <param name="Name">What it is, in our words: <c>title</c>, <c>description</c>, <c>comment 3</c>, <c>c2 description</c>.</param>
/// <param name="Field">Whose data class decides whether it may be sent.</param>
public sealed record SourceText(string Name, string Text, ItemField Field);
