using System.Runtime.CompilerServices;
using System.Text.Json;

namespace ServerlessBacklog.Analysis.Tests.Clarity;

/// <summary>The labelled items of <c>tests/fixtures/clarity-set.jsonl</c>, in its order.</summary>
internal sealed record ClaritySet(string Project, string Title, string Body, string? Type, bool Vague, string Split)
{
    public bool HeldBack => Split == "test";

    public static IReadOnlyList<ClaritySet> Read([CallerFilePath] string here = "") =>
    [
        .. File.ReadLines(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../fixtures/clarity-set.jsonl"))).Select(l =>
        {
            using var line = JsonDocument.Parse(l);
            var item = line.RootElement;
            return new ClaritySet(
                item.GetProperty("project").GetString()!, item.GetProperty("title").GetString()!, item.GetProperty("body").GetString()!,
                item.TryGetProperty("type", out var type) ? type.GetString() : null,
                item.GetProperty("vague").GetBoolean(), item.GetProperty("source_split").GetString()!);
        }),
    ];
}
