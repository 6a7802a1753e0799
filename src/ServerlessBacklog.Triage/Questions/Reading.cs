namespace ServerlessBacklog.Triage.Questions;

/// <summary>What a sentence was understood as. The set is closed.</summary>
internal abstract record Reading;

internal sealed record AskedQuery(BacklogQuery Query) : Reading;

/// <summary>A change that is wished for, as a command on an item.</summary>
/// <param name="Item">Its number, or in full.</param>
/// <param name="Says">In the words of <see cref="Commands.CommandParser"/>: <c>pin P1</c>.</param>
internal sealed record WishedChange(string Item, string Says) : Reading;

/// <param name="Why">What is open, as a question.</param>
/// <param name="Readings">Sentences with one meaning each.</param>
internal sealed record OpenReading(string Why, IReadOnlyList<string> Readings) : Reading;

internal sealed record RefusedReading(string Why) : Reading;

/// <param name="Why">What was not understood, as a sentence.</param>
internal sealed record NoReading(string Why) : Reading;
