using Heliotrope.Core.Conversations;
using Heliotrope.Core.Customers;
using Heliotrope.Core.LifeEvents;
using Heliotrope.Server.LifeEvents;
using Heliotrope.Server.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Heliotrope.Server.Database;

internal sealed class LifeEventsMapping :
    IEntityTypeConfiguration<CustomerLifeEvent>, IEntityTypeConfiguration<TakenStep>, IEntityTypeConfiguration<FamilyContact>, IEntityTypeConfiguration<FamilyLink>, IEntityTypeConfiguration<TrainedPerson>
{
    public void Configure(EntityTypeBuilder<CustomerLifeEvent> builder)
    {
        builder.ToTable("LifeEvents");
        builder.Ignore(e => e.IsForGood);
        builder.Property(e => e.Version).IsConcurrencyToken();
        builder.HasOne<Customer>().WithMany().HasForeignKey(e => e.CustomerId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Conversation>().WithMany().HasForeignKey(e => e.ConversationNumber).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<User>().WithMany().HasForeignKey(e => e.OwnerId).OnDelete(DeleteBehavior.SetNull);
        builder.HasMany(e => e.Steps).WithOne().HasForeignKey(s => s.LifeEventId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(e => e.Contacts).WithOne().HasForeignKey(c => c.LifeEventId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(e => new { e.CustomerId, e.Kind }); // of a kind one at a time for everybody, and one for each private team: see OneOfAKind
        builder.HasIndex(e => e.CheckAt);
    }

    public void Configure(EntityTypeBuilder<TakenStep> builder)
    {
        builder.ToTable("LifeEventSteps");
        builder.HasIndex(s => new { s.LifeEventId, s.Step }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<FamilyContact> builder)
    {
        builder.ToTable("FamilyContacts");
        builder.HasIndex(c => c.Address);
    }

    public void Configure(EntityTypeBuilder<FamilyLink> builder)
    {
        builder.ToTable("FamilyLinks");
        builder.HasIndex(l => l.TokenHash).IsUnique();
        builder.HasOne<CustomerLifeEvent>().WithMany().HasForeignKey(l => l.LifeEventId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<FamilyContact>().WithMany().HasForeignKey(l => l.ContactId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<Conversation>().WithMany().HasForeignKey(l => l.ConversationNumber).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<TrainedPerson> builder)
    {
        builder.ToTable("TrainedPeople").HasKey(t => t.UserId);
        builder.Property(t => t.UserId).ValueGeneratedNever();
        builder.HasOne<User>().WithOne().HasForeignKey<TrainedPerson>(t => t.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
