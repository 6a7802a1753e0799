namespace ServerlessBacklog.Triage.Evaluation.Flow;

/// <summary>Both questions at one moment, with the truth and what was said.</summary>
/// <param name="Cut">The day of asking, counted from the first closing.</param>
internal sealed record AskedForecast(int Cut, int Days, double SaidDays, int NaiveDays, int Count, int SaidCount, int NaiveCount)
{
    public bool HeldWhen => Days <= SaidDays;

    public bool HeldMany => Count >= SaidCount;

    /// <summary>The day on which it shows whether the date held.</summary>
    public double ShownWhen => Cut + Math.Min(Days, SaidDays);
}
