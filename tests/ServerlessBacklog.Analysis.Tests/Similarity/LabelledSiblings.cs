using System.Globalization;
using System.Runtime.CompilerServices;

namespace ServerlessBacklog.Analysis.Tests.Similarity;

/// <summary>Hand-labelled pairs of other backlogs, with their features as measured inside those backlogs (tests/fixtures/README.md).</summary>
internal static class LabelledSiblings
{
    private const int FirstFeature = 3;

    public static List<(double[] Features, bool Yes)> Read([CallerFilePath] string here = "") =>
    [
        .. File.ReadLines(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "fixtures", "duplicate-siblings.tsv")).Skip(1)
            .Select(line => line.Split('\t'))
            .Select(cells => (cells[FirstFeature..].Select(c => double.Parse(c, CultureInfo.InvariantCulture)).ToArray(), cells[2] == "duplicate")),
    ];
}
