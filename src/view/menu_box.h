/* menu_box: a menu as a box over what stands on the canvas, near the place that it is
 * about: the choices, and below them the line of the selected one. What is not possible
 * says why. Pure.
 */
#ifndef SOCKETARIUM_VIEW_MENU_BOX_H
#define SOCKETARIUM_VIEW_MENU_BOX_H

#include "model/menu.h"
#include "view/canvas.h"

/* Draws the innermost open menu into the area: below (or above) the row y, from column x
 * on as far as there is room. Long menus scroll with the selected item. Returns where
 * the box stands, in the canvas' cells. */
struct area menu_box_draw(const struct menu_place *place, int x, int y,
                          struct canvas *canvas, struct area area);

/* The item at that cell of a box that was drawn so, or -1. */
int menu_box_item_at(const struct menu_place *place, struct area box, int x, int y);

#endif
