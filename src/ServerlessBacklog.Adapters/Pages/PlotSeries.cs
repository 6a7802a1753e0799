namespace ServerlessBacklog.Adapters.Pages;

/// <summary>One row of numbers in a picture.</summary>
/// <param name="Name">As legend and table name it.</param>
/// <param name="Tone">Class of its color: <c>s0</c> … <c>s3</c>.</param>
/// <param name="Values">One for each label; null where there is none.</param>
public sealed record PlotSeries(string Name, string Tone, IReadOnlyList<double?> Values)
{
    public PlotShape Shape { get; init; } = PlotShape.Line;

    /// <summary>The lower edge, for <see cref="PlotShape.Band"/>.</summary>
    public IReadOnlyList<double?> Low { get; init; } = [];
}

public enum PlotShape
{
    Line,
    Columns,
    Area,

    /// <summary>From <see cref="PlotSeries.Low"/> to the values.</summary>
    Band,
}
