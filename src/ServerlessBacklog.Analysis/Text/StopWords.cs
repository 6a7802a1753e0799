using System.Collections.Frozen;

namespace ServerlessBacklog.Analysis.Text;

/// <summary>English words that carry no meaning for search: articles, pronouns, auxiliaries, prepositions, greetings.</summary>
public static class StopWords
{
    private static readonly FrozenSet<string> Words = """
        a about above after again all also am an and any are as at be because been before being below between both but by can could
        did do does doing down during each few for from further had has have having he her here hers hi hello him his how i if in into
        is it its itself just me more most my no nor not now of off on once only or other our out over own please same she should so
        some such than thank thanks that the their them then there these they this those through to too under until up very was we
        were what when where which while who whom why will with would you your yours
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Spans = Words.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool Contains(ReadOnlySpan<char> lowerCaseWord) => Spans.Contains(lowerCaseWord);
}
