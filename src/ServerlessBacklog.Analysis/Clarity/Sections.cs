using System.Text.RegularExpressions;

namespace ServerlessBacklog.Analysis.Clarity;

/// <summary>What stands under a heading that we know; empty text when the author left a template unfilled.</summary>
public sealed record Section(ItemPart Part, string Heading, string Text)
{
    public bool IsFilled => Text.Length > 0;
}

/// <summary>
/// Finds known headings in any dress: Markdown, bold, wiki <c>h3.</c>, <c>Steps to reproduce:</c>, also inside a line where an export
/// lost its line breaks.
/// </summary>
public static partial class Sections
{
    private static readonly (ItemPart Part, Regex Name)[] Names =
    [
        (ItemPart.Steps, StepsName()),
        (ItemPart.Actual, ActualName()),
        (ItemPart.Expected, ExpectedName()),
        (ItemPart.Environment, EnvironmentName()),
        (ItemPart.Done, DoneName()),
        (ItemPart.Why, WhyName()),
        (ItemPart.What, WhatName()),
    ];

    public static IReadOnlyList<Section> Find(string text)
    {
        var headings = Heading().Matches(text);
        var sections = new List<Section>(headings.Count);
        for (var i = 0; i < headings.Count; i++)
        {
            var start = headings[i].Index + headings[i].Length;
            var end = i + 1 < headings.Count ? headings[i + 1].Index : text.Length;
            var name = headings[i].Groups["name"].Success ? headings[i].Groups["name"].Value : headings[i].Groups["line"].Value;
            foreach (var (part, pattern) in Names)
            {
                if (pattern.IsMatch(name))
                {
                    sections.Add(new Section(part, name.Trim(), Content(text[start..end])));
                    break;
                }
            }
        }

        return sections;
    }

    private static string Content(string text)
    {
        var trimmed = text.Trim(' ', '\n', '\t', '*', '_', ':', '-', '#', '.', '"');
        return Unfilled().IsMatch(trimmed) ? "" : trimmed;
    }

    private const RegexOptions Plain = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private const string Known =
        @"(?:test )?steps?(?: (?:how )?to (?:re)?(?:produce|test))?|str|repro(?:duction)?(?: steps)?|how to reproduce|to reproduce|(?:actual|current|observed|expected|desired)(?: (?:results?|behaviou?rs?|outcome))?|results?|what (?:happens|happened|went wrong)|what (?:should happen|did you expect)\w*|error(?: message)?|environment|versions?|browser / version|operating system|os|platform|acceptance criteria|definition of done|done when|scope|proposed(?: \w+)?|proposal|fix|solution|recommendations?|why(?: it matters)?|motivation|background|rationale|use case|problem|context|user story|details|description|summary|notes?|additional (?:information|context)|severity|source|url|user agent|problem type|tested another browser";

    [GeneratedRegex(@"^[ \t]*(?:\#{1,6}[ \t]+|h[1-6]\.[ \t]*)(?<line>[^\n]{2,80}?)[ \t#:]*$|(?:^|\n|[ \t]{2,}|\*\*|(?<=[.!?)] )|\*)[ \t]*(?<name>" + Known + @")[ \t]*(?:\([^)\n]{0,20}\))?(?:\*\*|\*|__)?(?:[ \t]*:(?:\*\*|\*)?|[ \t]*(?=\n|$))", Plain | RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\bsteps?\b|^str$|repro", Plain)]
    private static partial Regex StepsName();

    [GeneratedRegex(@"^(?:actual|current|observed|results?$|what happen|what went|error)|problem type|^description of the (?:bug|problem)", Plain)]
    private static partial Regex ActualName();

    [GeneratedRegex(@"^(?:expected|desired|what should|what did you expect)", Plain)]
    private static partial Regex ExpectedName();

    [GeneratedRegex(@"environment|versions?\b|operating system|^os$|platform|user agent", Plain)]
    private static partial Regex EnvironmentName();

    [GeneratedRegex(@"acceptance|definition of done|done when|^scope|propos|^fix$|solution|recommend|criteria", Plain)]
    private static partial Regex DoneName();

    [GeneratedRegex(@"^why|motivation|background|rationale|use case|^problem$|context|user story", Plain)]
    private static partial Regex WhyName();

    [GeneratedRegex(@"^(?:details|description|summary)$", Plain)]
    private static partial Regex WhatName();

    [GeneratedRegex(@"^(?:\W*|_?no response_?|n ?/ ?a|none|nothing|unknown|tb[ad]|to ?do|\?+|x+|-+|same|see (?:above|title)|yes|no|a clear and concise description\b[^\n]*|(?:please )?(?:describe|fill in|enter|provide)\b[^\n]{0,80}|\[(?:x| )?\])$", Plain)]
    private static partial Regex Unfilled();
}
