using System.Text.RegularExpressions;

namespace ServerlessBacklog.Analysis.Dependencies;

/// <summary>
/// The wordings of a dependency. The confidences are the shares that were right among mentions that were read (docs/measurements/vague-stale-links.md),
/// rounded down; all stay below 0.9, so that a person always approves the link.
/// </summary>
internal static partial class DependencyPhrases
{
    /// <summary>Wordings that stand before the reference.</summary>
    public static IReadOnlyList<DependencyPhrase> Before { get; } =
    [
        new(BlockedBy(), true, 0.89),
        new(Depends(), true, 0.89),
        new(Prerequisite(), true, 0.85),
        new(Waiting(), true, 0.85),
        new(Requires(), true, 0.6),
        new(LandAfter(), true, 0.85),
        new(Blocks(), false, 0.75),
        new(PrerequisiteFor(), false, 0.75),
    ];

    private const RegexOptions Plain = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"\b(?:blocked[ -](?:by|on|until|behind)|blockers?(?= ?[:*(]| is\b| are\b))", Plain)]
    private static partial Regex BlockedBy();

    [GeneratedRegex(@"\b(?:depend(?:s|ent|ing|ed)?[ -](?:up)?on|dependenc(?:y|ies)(?= ?(?:on\b|[:*]| is\b| are\b)))", Plain)]
    private static partial Regex Depends();

    [GeneratedRegex(@"\b(?:pre-?requisites?|pre-?reqs?)(?= ?[:*(]| is\b| are\b| \#)", Plain)]
    private static partial Regex Prerequisite();

    [GeneratedRegex(@"\b(?:wait(?:s|ing)? (?:for|on|until)|awaiting|on hold (?:for|until)|hold until)\b", Plain)]
    private static partial Regex Waiting();

    [GeneratedRegex(@"\b(?:requires?|requiring)\b", Plain)]
    private static partial Regex Requires();

    [GeneratedRegex(@"\b(?:(?:land|merge|ship|start|do|schedule|dispatch|tackle)(?:s|ed|ing)? (?:only )?after|sequenced? after|(?<=- )after)(?: the)?", Plain)]
    private static partial Regex LandAfter();

    [GeneratedRegex(@"\b(?:blocks|blocking|unblocks|blocker (?:for|of))\b", Plain)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"\b(?:pre-?requisites?|pre-?req) (?:for|to|of)\b", Plain)]
    private static partial Regex PrerequisiteFor();

    /// <summary>After a reference: <c>#3 lands</c>, in <c>after #3 lands</c>.</summary>
    [GeneratedRegex(@"^\W{0,3}(?:\([^)\n]{0,80}\) )?(?:(?:is|are|has|have|gets|been|PR|being) ){0,3}(?:lands|landed|merges|merged|ships|shipped|done|fixed|closed|closes|completed?|resolved|finished|released)\b", Plain)]
    public static partial Regex Finished();

    /// <summary>Before such a reference.</summary>
    [GeneratedRegex(@"\b(?:after|once|until|when)(?: the)? $", Plain)]
    public static partial Regex AfterWord();

    /// <summary>"Until #3 lands" is a dependency where something is held until then, not where something else stands in.</summary>
    [GeneratedRegex(@"\b(?:hold|held|wait|block|defer|pause|park|postpone|skip|fail|cannot|can't|not)\w*\b[^.;\n]*$", Plain)]
    public static partial Regex HeldUntil();

    /// <summary>After a reference: <c>#3 is the prerequisite</c>, <c>#3 blocks this</c>.</summary>
    [GeneratedRegex(@"^ (?:is|are) (?:the|a) (?:hard )?(?:pre-?requisite|pre-?req|blocker)s?\b(?! (?:for|of|to) (?!this\b))|^ (?:blocks|is blocking) (?:this|it)\b", Plain)]
    public static partial Regex NamesItselfBlocker();

    /// <summary>After a reference: <c>#3 (merged)</c>, <c>#3 — done</c>: it holds nothing up any more.</summary>
    [GeneratedRegex(@"^[*_`]*(?: \([^)\n]{0,60}\))?(?: [-–—:] ?| ?\()(?:just |already |now )?(?:done|merged|closed|landed|shipped|fixed|resolved)\b", Plain)]
    public static partial Regex SaidDone();

    /// <summary>What turns a wording round when it stands shortly before it.</summary>
    [GeneratedRegex(@"\b(?:no longer|not|never|without|was|were|previously|formerly|un|nothing|neither|nor|used to be|ceased?|removes?|instead of|if|whether|what|which|(?:is|does|do|are|was|wo|ca)n['’]?t)\b[ \w]{0,18}$", Plain)]
    public static partial Regex Negated();

    /// <summary>What makes a wording less sure.</summary>
    [GeneratedRegex(@"\b(?:might|may|could|possibly|maybe|perhaps|ideally|probably|likely|partly|partially)\b[ \w]{0,18}$", Plain)]
    public static partial Regex Hedged();
}

/// <param name="IsBlockedBy">True when the item waits for the reference; false when the reference waits for the item.</param>
internal sealed record DependencyPhrase(Regex Words, bool IsBlockedBy, double Confidence);
