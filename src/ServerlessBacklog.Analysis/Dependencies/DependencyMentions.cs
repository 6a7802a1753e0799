using System.Text.RegularExpressions;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Analysis.Dependencies;

/// <summary>A dependency that a text suggests.</summary>
/// <param name="IsBlockedBy">True when the item waits for <paramref name="Target"/>; false when it is the other way round.</param>
/// <param name="Confidence">0 … 0.89.</param>
/// <param name="Quote">The words, at most 200 characters on one line.</param>
public sealed record DependencyMention(WorkItemRef Target, bool IsBlockedBy, double Confidence, string Quote);

/// <summary>Reads dependencies out of a text: a wording (<see cref="DependencyPhrases"/>) with references close behind it, in the same sentence.</summary>
public static partial class DependencyMentions
{
    /// <summary>References in one list after a wording; longer lists are tables of contents.</summary>
    private const int LongestList = 8;

    /// <summary>The mentions of one item, the surest per target, in order of appearance.</summary>
    public static IReadOnlyList<DependencyMention> Find(WorkItem item, ReferenceIndex references)
    {
        var found = new Dictionary<WorkItemRef, DependencyMention>();
        foreach (var text in new[] { item.Title, item.Body }.Where(t => t.Length > 0))
        {
            var own = OwnWords.Of(text);
            foreach (var mention in Behind(own, item.Ref, references).Concat(Around(own, item.Ref, references)))
            {
                if (mention.Target != item.Ref && !(found.TryGetValue(mention.Target, out var known) && known.Confidence >= mention.Confidence))
                    found[mention.Target] = mention;
            }
        }

        return [.. found.Values];
    }

    /// <summary>Wording, then references: <c>blocked by #3, #4 and #5</c>.</summary>
    private static IEnumerable<DependencyMention> Behind(string text, WorkItemRef self, ReferenceIndex references)
    {
        foreach (var phrase in DependencyPhrases.Before)
        {
            foreach (Match match in phrase.Words.Matches(text))
            {
                var sure = phrase.Confidence - Doubt(text, match.Index);
                if (sure <= 0 || IsAboutAnother(text, match.Index, self, references))
                    continue;
                var at = match.Index + match.Length;
                for (var n = 0; n < LongestList && Next(text, at, n == 0) is { } next; n++)
                {
                    at = next.Index + next.Length;
                    var reference = next.Groups["ref"];
                    var confidence = sure - (next.Groups["gap"].Value.Any(char.IsLetter) ? 0.05 : 0);
                    if (references.Find(reference.Value, self) is { } target && !DependencyPhrases.SaidDone().IsMatch(text.AsSpan(at)))
                        yield return new DependencyMention(target, phrase.IsBlockedBy, Math.Round(confidence, 2), Quote(text, match.Index, at));
                }
            }
        }
    }

    /// <summary>References with a wording round them: <c>after #3 lands</c>, <c>#3 is the prerequisite</c>.</summary>
    private static IEnumerable<DependencyMention> Around(string text, WorkItemRef self, ReferenceIndex references)
    {
        foreach (Match match in Reference().Matches(text))
        {
            var tail = text.AsSpan(match.Index + match.Length, Math.Min(120, text.Length - match.Index - match.Length)).ToString();
            var lead = text[Math.Max(0, match.Index - 30)..match.Index];
            var finished = DependencyPhrases.Finished().Match(tail);
            var before = DependencyPhrases.AfterWord().Match(lead);
            var names = DependencyPhrases.NamesItselfBlocker().Match(tail);
            var confidence = before.Success && finished.Success && !IsPast(finished.Value) && Holds(text, match.Index, before.Value) ? 0.75 : names.Success ? 0.8 : 0;
            if (confidence == 0 || references.Find(match.Value, self) is not { } target)
                continue;
            var start = names.Success ? match.Index : match.Index - before.Length;
            var end = match.Index + match.Length + (names.Success ? names.Length : finished.Length);
            yield return new DependencyMention(target, true, confidence, Quote(text, start, end));
        }
    }

    /// <summary>False for an aside, <c>an adapter (when #3 ships)</c>, and for an "until" before which nothing is held up.</summary>
    private static bool Holds(string text, int at, string word)
    {
        var start = at - word.Length;
        return (start == 0 || text[start - 1] != '(')
            && (!word.StartsWith("until", StringComparison.OrdinalIgnoreCase) || DependencyPhrases.HeldUntil().IsMatch(Sentence(text, start, 60)));
    }

    /// <summary>0, a deduction for a hedge, or 1 when the words before turn the wording round.</summary>
    private static double Doubt(string text, int at)
    {
        var lead = Sentence(text, at, 40);
        return DependencyPhrases.Negated().IsMatch(lead) ? 1 : DependencyPhrases.Hedged().IsMatch(lead) ? 0.2 : 0;
    }

    /// <summary>"#7 depends on #12" in a third item says nothing about that item.</summary>
    private static bool IsAboutAnother(string text, int at, WorkItemRef self, ReferenceIndex references)
    {
        var subject = Subject().Match(Sentence(text, at, 60));
        return subject.Success && references.Find(subject.Groups["ref"].Value, self) is { } other && other != self;
    }

    private static Match? Next(string text, int at, bool isFirst)
    {
        var match = (isFirst ? First() : Further()).Match(text, at);
        return match.Success ? match : null;
    }

    /// <summary>The characters before <paramref name="at"/>, not beyond the sentence or line that it stands in.</summary>
    private static string Sentence(string text, int at, int length)
    {
        var lead = text[Math.Max(0, at - length)..at];
        var end = Math.Max(lead.LastIndexOfAny(['\n', ';', '!', '?', '—']), lead.LastIndexOf(". ", StringComparison.Ordinal));
        return lead[(end + 1)..];
    }

    /// <summary>"Once #3 landed" tells of the past.</summary>
    private static bool IsPast(string finished) =>
        finished.Contains("ed", StringComparison.OrdinalIgnoreCase) && !Auxiliary().IsMatch(finished);

    private static string Quote(string text, int start, int end) =>
        Space().Replace(text[start..Math.Min(end, start + 200)], " ").Trim();

    private const RegexOptions Plain = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    [GeneratedRegex(ReferenceIndex.Pattern, Plain)]
    private static partial Regex Reference();

    /// <summary>From the wording to its first reference: marks, a list bullet, at most four words, perhaps an opening bracket; no end of sentence.</summary>
    [GeneratedRegex(@"\G(?<gap>[ :*_`(\[]*(?:\r?\n\s*(?:[-*+]|\d+\.)? ?(?:\[[ x]\] )?)?[*_`(\[]*(?:(?!https?:|AB\#)\w[\w'’]*[ :]+[*_`(\[]*){0,4})(?<ref>" + ReferenceIndex.Pattern + ")", Plain)]
    private static partial Regex First();

    /// <summary>From one reference to the next of the same list.</summary>
    [GeneratedRegex(@"\G(?<gap>)[*_`\])]*(?: ?\([^)\n]{0,80}\))?(?: ?,| ?/| ?&| ?\+)?(?: and| or|)? ?[*_`(\[]*(?<ref>" + ReferenceIndex.Pattern + ")", Plain)]
    private static partial Regex Further();

    [GeneratedRegex("(?<ref>" + ReferenceIndex.Pattern + @")[*_`\])]*(?:'s)?(?: \([^)\n]{0,60}\))? ?(?:\w+ ){0,3}$", Plain)]
    private static partial Regex Subject();

    [GeneratedRegex(@"\b(?:is|are|has|have|gets|been|being)\b", Plain)]
    private static partial Regex Auxiliary();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
