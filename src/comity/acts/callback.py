"""The call-back phrase: two words and four digits that an official can say on the telephone to ask whether an act is real.

It follows from the act's digest, so both sides see the same. It is no secret and no signature: it names the act to a person who
then looks at the act in the own register. 8 + 8 bits of words and 4 digits make a mix-up within one office unlikely.
"""

WORDS = (
    "acorn agate alder almond amber anchor anvil apple apron arbor arch arrow aspen aster atlas autumn "
    "badge bagel bamboo banjo barley basil basin basket beacon beech bell berry birch bishop blanket bonnet "
    "border bottle bramble branch brass bread bridge bronze brook broom bucket buckle bugle butter button cabin "
    "cable cactus camel candle canoe canvas canyon carbon cargo carpet castle cedar cellar chalk cherry chestnut "
    "chimney cinder circle citrus clover coast cobalt cocoa comet compass copper coral cotton cradle crane crater "
    "cricket crown crystal cypress daisy dawn delta desert dolphin domino donkey dragon drum dune eagle easel "
    "echo elbow elm ember emerald engine estate falcon feather fern ferry fiddle field finch flame flint "
    "flute forest fountain fox garden garlic garnet gate ginger glacier globe granite grape gravel guitar hammer "
    "harbor harp harvest hazel heron hickory honey horizon hornet island ivory ivy jacket jaguar jasmine jasper "
    "jewel juniper kernel kettle kite ladder lagoon lantern lark laurel lava lemon lentil lilac lily linen "
    "lotus lumber magnet maple marble marsh meadow melon mint mirror mitten monsoon mosaic moss mountain mustard "
    "needle nest nickel nutmeg oak oasis ocean olive onion opal orbit orchard orchid otter oval oyster "
    "paddle palace panda paper parcel parsley peach pearl pebble pelican pepper piano pillow pine planet plum "
    "pocket pond poplar poppy prairie prism pumpkin quartz quill rabbit radish raven ribbon river robin rocket "
    "rose ruby saddle saffron salmon sapphire satin scarf shadow shell silver sparrow spruce summit sunset tiger "
    "timber topaz tulip tunnel turtle umber valley velvet violet walnut willow window winter yarrow zebra zinc"
).split()


def callback_phrase(act_id: str) -> str:
    """Return the phrase of an act, for example `amber-canoe-4417`.

    Args:
        act_id: the act's SHA-256 in hexadecimal.
    """
    data = bytes.fromhex(act_id)
    return f"{WORDS[data[0]]}-{WORDS[data[1]]}-{int.from_bytes(data[2:6], 'big') % 10_000:04d}"
