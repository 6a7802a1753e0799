namespace ServerlessBacklog.Analysis.Text;

/// <summary>Turns texts into <see cref="TextVector"/>s. The same text gives the same vector; safe for many threads.</summary>
public interface ITextEncoder
{
    /// <summary>Names model and version: vectors of different names do not compare.</summary>
    string Name { get; }

    /// <summary>Components of a vector; 0 where the model chooses.</summary>
    int Size { get; }

    /// <param name="text">Any text; what a model cannot take in is cut off at its end.</param>
    /// <returns>Null where it cannot tell: a service that has to be asked first was not, or did not answer.</returns>
    TextVector? Encode(string text);
}
