using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Triage.Privacy;

/// <summary>
/// Leaves keys and passwords out of what a step found, before it is stored and shown: steps quote items, and people paste keys into items.
/// </summary>
internal static class FindingSecrets
{
    private const string Sign = "[secret]";

    /// <summary>Shorter runs without a blank hold no key.</summary>
    private const int Shortest = 12;

    /// <summary>The finding itself where it holds none, as nearly all do.</summary>
    public static Finding LeftOut(Finding finding) => Texts(finding).Any(Holds)
        ? finding with
        {
            Reason = Without(finding.Reason),
            Evidence = [.. finding.Evidence.Select(e => e with { Text = Without(e.Text), Quote = e.Quote is { } quote ? Without(quote) : null })],
            Proposals = [.. finding.Proposals.Select(p => p.Change is AddComment comment ? p with { Change = new AddComment(Without(comment.Markdown)) } : p)],
        }
        : finding;

    private static IEnumerable<string> Texts(Finding finding) =>
    [
        finding.Reason,
        .. finding.Evidence.Select(e => e.Text),
        .. finding.Evidence.Select(e => e.Quote).OfType<string>(),
        .. finding.Proposals.Select(p => p.Change).OfType<AddComment>().Select(c => c.Markdown),
    ];

    private static bool Holds(string text) => MayHold(text) && SecretShapes.Sure.Any(s => s.IsIn(text));

    private static bool MayHold(string text)
    {
        var run = 0;
        foreach (var c in text)
        {
            run = char.IsWhiteSpace(c) ? 0 : run + 1;
            if (run >= Shortest)
                return true;
        }

        return false;
    }

    private static string Without(string text)
    {
        foreach (var shape in SecretShapes.Sure)
        {
            foreach (var span in shape.Spans(text).OrderByDescending(s => s.Start).ToList())
                text = string.Concat(text.AsSpan(0, span.Start), Sign, text.AsSpan(span.End));
        }

        return text;
    }
}
