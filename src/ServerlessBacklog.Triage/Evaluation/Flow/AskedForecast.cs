namespace ServerlessBacklog.Triage.Evaluation.Flow;

/// <summary>Both questions at one moment, with the truth and what was said.</summary>
/// <param name="HeldWhen">Whether the date held, by level.</param>
/// <param name="HeldMany">Whether the count held, by level.</param>
/// <param name="HeldLater">Whether the date of more items held; null where that is not known or was not asked.</param>
internal sealed record AskedForecast(
    IReadOnlyList<bool> HeldWhen, IReadOnlyList<bool> HeldMany, int Days, double SaidDays, int NaiveDays, int Count, int NaiveCount, bool? HeldLater);
