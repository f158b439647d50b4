namespace Heliotrope.Core.Drivers;

/// <summary>A customer's words and why they had to write, as a person said it.</summary>
/// <param name="Text">The words, as they came.</param>
/// <param name="Driver">The driver (docs/method.md, D1); null or empty says that it was none of them.</param>
public sealed record LabelledText(string Text, string? Driver);

/// <summary>What a model says about a text.</summary>
/// <param name="Driver">The driver; null says none of those that it knows.</param>
/// <param name="Sure">How probable it is that this is right, from 0 to 1, as it turned out on rows the model had not seen. 0 where it knows too little to say anything.</param>
/// <param name="Because">The few words of the text that spoke most for the driver, the strongest first; empty when there is none.</param>
public sealed record DriverReading(string? Driver, double Sure, IReadOnlyList<string> Because);
