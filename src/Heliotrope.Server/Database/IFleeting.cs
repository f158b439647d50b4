namespace Heliotrope.Server.Database;

/// <summary>
/// Rows that live on by themselves, such as a notification that was read meanwhile. When what made one is taken back it goes, whatever became of it, and what became of
/// one keeps nothing from being taken back.
/// </summary>
internal interface IFleeting;
