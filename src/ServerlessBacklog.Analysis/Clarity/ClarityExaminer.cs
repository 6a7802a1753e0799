namespace ServerlessBacklog.Analysis.Clarity;

/// <summary>Looks for the parts that an item of its kind needs, in title, description and comments. Deterministic; reads English.</summary>
public static class ClarityExaminer
{
    /// <summary>Distinct content words beyond the title's at which a description counts as 63 % filled; set on the tuning rows.</summary>
    private const double Fullness = 12;

    private const int QuoteLength = 160;

    /// <summary>Probability from which an item counts as vague: where F1 was best in cross-validation on the tuning rows of the labelled set.</summary>
    public const double VagueAt = 0.3;

    /// <summary>False when the item is in a script or language that the rules cannot judge.</summary>
    public static bool CanRead(string title, string body) => Words.AreReadable($"{title}\n{PlainText.Of(body).Prose}");

    /// <param name="comments">Comments of people, oldest first: an answer in a comment counts as if it stood in the description.</param>
    public static ClarityReport Examine(ItemKind kind, string title, string body, IReadOnlyList<string> comments)
    {
        var thread = new Thread(title, PlainText.Of(body), [.. comments.Select(c => PlainText.Of(Statements.Of(c)))]);
        var fullness = Fill(thread.NewWords / Fullness);
        var parts = RequiredParts.Of(kind).Select(p => Find(p.Part, p.Weight, thread, fullness)).ToList();
        var score = Math.Round(parts.Sum(p => p.Weight * p.Filled), 4);
        return new ClarityReport
        {
            Kind = kind,
            Score = score,
            VagueProbability = Math.Round(VagueModel.Shipped.Probability(VagueSigns.Of(score, thread.Body)), 4),
            Parts = parts,
            Contradictions = ContradictionFinder.Find(thread.Body.Prose),
        };
    }

    private static FoundPart Find(ItemPart part, double weight, Thread thread, double fullness)
    {
        if (part == ItemPart.Title)
            return Title(weight, thread.Title);
        if (part == ItemPart.Description)
            return fullness >= 0.35 ? new(part, weight, fullness, "description", null) : new(part, weight, fullness, null, null);
        if (part == ItemPart.What)
            return What(weight, thread, fullness);
        if (part == ItemPart.Where)
            return Where(weight, thread);
        if (part == ItemPart.Wording)
            return Wording(weight, thread);

        var sections = thread.BodySections.Where(s => s.Part == part).ToList();
        if (sections.FirstOrDefault(s => s.IsFilled) is { } filled)
            return new(part, weight, PartPatterns.IsBareFailure(filled.Text) ? 0.4 : 1, "description", Cut(filled.Text));
        if (sections.Count == 0 && PartPatterns.Find(part, thread.Body) is { } found)
            return new(part, weight, PartPatterns.IsBareFailure(found.Value) ? 0.4 : 1, "description", Cut(found.Value));
        if (part == ItemPart.Steps && thread.Body.HasCode)
            return new(part, weight, 0.8, "description", null);
        for (var i = 0; i < thread.Comments.Count; i++)
        {
            if (PartPatterns.Find(part, thread.Comments[i]) is { } said)
                return new(part, weight, 1, $"comment {i + 1}", Cut(said.Value));
        }

        if (part is not (ItemPart.Done or ItemPart.Steps or ItemPart.Why) && PartPatterns.Find(part, PlainText.Of(thread.Title)) is { } titled)
            return new(part, weight, PartPatterns.IsBareFailure(titled.Value) ? 0.3 : 0.8, "title", Cut(titled.Value));
        return new(part, weight, sections.Count > 0 ? 0 : 0.6 * fullness * fullness, null, null);
    }

    private static FoundPart Title(double weight, string title)
    {
        var filled = TitleQuality.Of(title) * Math.Min(1, (2 + Words.Content(title).Count) / 8.0);
        return new(ItemPart.Title, weight, filled, TitleQuality.Of(title) >= 0.5 ? "title" : null, Cut(title));
    }

    private static FoundPart What(double weight, Thread thread, double fullness)
    {
        var said = Math.Max(Math.Min(1, Words.Content(thread.Title).Count / 8.0), fullness);
        return new(ItemPart.What, weight, said, said >= 0.4 ? "title" : null, Cut(thread.Title));
    }

    /// <summary>Exact names in the title count 40 %, those in the thread 60 %; a place in plain words counts like one name.</summary>
    private static FoundPart Where(double weight, Thread thread)
    {
        var titled = PartPatterns.Specifics(thread.Title);
        var said = PartPatterns.Specifics(thread.Body.Prose) + thread.Comments.Sum(c => PartPatterns.Specifics(c.Prose));
        var (place, match) = PartPatterns.Find(ItemPart.Where, thread.Body) is { } body ? ("description", body)
            : PartPatterns.Find(ItemPart.Where, PlainText.Of(thread.Title)) is { } title ? ("title", title)
            : thread.Comments.Select((c, i) => ($"comment {i + 1}", PartPatterns.Find(ItemPart.Where, c))).FirstOrDefault(c => c.Item2 is not null);
        var filled = (0.4 * Fill(titled)) + (0.6 * Fill((said + (thread.Body.HasCode ? 1 : 0)) / 2.0));
        return match is null ? new(ItemPart.Where, weight, filled, null, null) : new(ItemPart.Where, weight, Math.Max(0.3, filled), place, Cut(match.Value));
    }

    /// <summary>An open-ended title takes 75 %, a vague word 25 % (two at most); what is said besides makes up for them.</summary>
    private static FoundPart Wording(double weight, Thread thread)
    {
        var text = $"{thread.Title}\n{thread.Body.Prose}";
        var vague = (PartPatterns.HasOpenEnd(thread.Title) ? 0.75 : 0) + (0.25 * Math.Min(2, PartPatterns.Hedges(text)));
        var filled = Math.Clamp(1 - (vague * Math.Exp(-thread.NewWords / 40.0)), 0, 1);
        var quote = PartPatterns.FirstHedge(text);
        return new(ItemPart.Wording, weight, filled, filled >= 0.6 ? "title and description" : null, quote is null ? null : Cut(quote));
    }

    private static double Fill(double amount) => Math.Round(1 - Math.Exp(-amount), 4);

    private static string Cut(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= QuoteLength ? line : line[..(QuoteLength - 1)] + "…";
    }

    private sealed record Thread(string Title, PlainText Body, IReadOnlyList<PlainText> Comments)
    {
        public IReadOnlyList<Section> BodySections { get; } = Sections.Find(Body.All);

        /// <summary>Distinct content words of description and comments that the title lacks.</summary>
        public int NewWords { get; } = Count(Title, string.Join('\n', Comments.Select(c => c.Prose).Prepend(Body.Prose)));

        private static int Count(string title, string text)
        {
            var words = Words.Content(text);
            words.ExceptWith(Words.Content(title));
            return words.Count;
        }
    }
}
